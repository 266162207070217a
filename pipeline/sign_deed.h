/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_deed.h - one call of 'package sign': whose key, which PDFs, and what each is to show by law.
 *
 * NĐ 30/2020 Phụ lục I and Điều 32: the person signs first, his signature's picture in blue between title and
 * name; the clerk seals after him, in red over the left third of it; an attachment in a file of its own gets
 * number and time as words at the top right of its first page, and no picture.
 */
#pragma once
#include "5_emit/write_asic.h"
#include "sign_bag.h"
#include "sign_ledger.h"
#include "sign_pdf.h"

#define DEED_COVER "cong-van.pdf"

struct deed {
	struct options *o;
	void *mem;
	struct bag_tree *tree; /* NULL: one PDF */
	struct entry entry;
	struct texts pdfs; /* names in the package, without data/ */
	struct bytes picture;
	int page; /* --box; 0: none */
	struct box box;
	struct signing s;
};

bool deed_has_key(const struct options *);
const char *deed_role(const struct options *); /* "agency", "person" */
int deed_read_wishes(struct deed *);	       /* --picture, --box */
int deed_open_key(struct deed *);
void deed_add(struct deed *, const char *name, struct bytes before, bool is_letter); /* else an attachment */
int deed_sign(struct deed *);		     /* plan, sign, prove; says what the law would have otherwise */
void deed_compare_body(const struct deed *); /* warns: the certificate is another body's than the package */
