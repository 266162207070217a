/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * container.c - what ZIP and CMS files hold.
 *
 * Every fault of an archive is a finding that names the limit; an entry with a fault of its own stays shut and
 * the others are opened. OOXML and ODF files are archives too: they get the same looking over, and stay whole,
 * since their readers and their signatures want them so.
 */
#include "ingest.h"
#include "text.h"
#include "zip.h"
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

enum { TELL_AT_MOST = 3 };                     /* entries of one kind of fault named one by one */

static const struct {
	const char *rule;
	enum severity severity;
	const char *vi, *en;
} faults[ZIP_FAULTS] = {
	[ZIP_TWO_DIRECTORIES] = { "1_ingest/zip-two-directories", HOLD,
				  "có hai thư mục, mỗi phần mềm sẽ thấy một nội dung, dấu hiệu tấn công",
				  "it has two directories: programs would show different content, a sign of an attack" },
	[ZIP_TOO_MANY] = { "1_ingest/zip-too-many-entries", HOLD,
			   "có hơn 1.000 mục; phần vượt quá không được xem xét",
			   "more than 1,000 entries; those after were not looked at" },
	[ZIP_NAME_TOO_LONG] = { "1_ingest/zip-name-too-long", HOLD, "tên mục dài hơn 1.024 byte",
				"the name of an entry is longer than 1,024 bytes" },
	[ZIP_NAME_ABSOLUTE] = { "1_ingest/zip-absolute-name", HOLD,
				"tên mục là đường dẫn tuyệt đối, dấu hiệu tấn công",
				"the name of an entry is an absolute path, a sign of an attack" },
	[ZIP_NAME_UPWARDS] = { "1_ingest/zip-upward-name", HOLD, "tên mục chứa \"..\", dấu hiệu tấn công",
			       "the name of an entry holds \"..\", a sign of an attack" },
	[ZIP_NAME_CONTROL] = { "1_ingest/zip-odd-name", HOLD, "tên mục chứa ký tự điều khiển",
			       "the name of an entry holds control characters" },
	[ZIP_DOUBLE_NAME] = { "1_ingest/zip-double-name", HOLD, "hai mục trùng tên, không rõ mục nào là thật",
			      "two entries have the same name; which one is meant cannot be told" },
	[ZIP_OVERLAP] = { "1_ingest/zip-overlap", HOLD, "các mục chồng lên nhau, dấu hiệu tấn công",
			  "entries overlap, a sign of an attack" },
	[ZIP_HEADERS_DIFFER] = { "1_ingest/zip-headers-differ", HOLD,
				 "đầu mục và thư mục cuối tệp nói khác nhau, mỗi phần mềm sẽ thấy một nội dung",
				 "the entry's own header and the directory disagree: programs would show different content" },
	[ZIP_ENCRYPTED] = { "1_ingest/encrypted", HOLD,
			    "mục đặt mật khẩu nên không đọc được; đề nghị gửi lại không mật khẩu",
			    "an entry is protected by a password and cannot be read; ask for it without" },
	[ZIP_METHOD] = { "1_ingest/zip-method", HOLD,
			 "mục nén bằng cách không được hỗ trợ (chỉ store và deflate)",
			 "an entry is packed by a method not supported (store and deflate only)" },
	[ZIP_TOO_BIG] = { "1_ingest/zip-entry-too-big", HOLD, "mục giải nén lớn hơn 256 MB",
			  "an entry inflates to more than 256 MB" },
	[ZIP_TOTAL_TOO_BIG] = { "1_ingest/zip-total-too-big", HOLD, "tổng dung lượng giải nén vượt 1 GB",
				"it inflates to more than 1 GB in all" },
	[ZIP_RATIO] = { "1_ingest/zip-ratio", HOLD, "tỷ lệ nén trên 100 lần (bom nén)",
			"an entry inflates to more than 100 times its size (a bomb)" },
	[ZIP_BAD_DATA] = { "1_ingest/zip-bad-data", HOLD,
			   "nội dung mục hỏng hoặc không đúng kích thước, mã kiểm đã khai",
			   "the content of an entry is damaged, or differs from the stated size or checksum" },
};

static void tell_faults(struct letter *l, int part, const struct zip *z)
{
	const char *name = letter_find_part(l, part)->name;
	int told[ZIP_FAULTS] = { 0 }, count[ZIP_FAULTS] = { 0 };
	for (int i = 0; i < z->n_faults; i++)
		count[z->faults[i].kind]++;
	for (int i = 0; i < z->n_faults; i++) {
		const struct zip_fault *f = &z->faults[i];
		if (f->kind == ZIP_NO_DIRECTORY || f->kind == ZIP_CUT_OFF || told[f->kind]++ >= TELL_AT_MOST)
			continue;
		char *entry = f->entry < 0 ? copy_text(l, "")
					   : format_text(l, " – mục \"%.200s\"", z->entries[f->entry].name);
		char *entry_en = f->entry < 0
					 ? copy_text(l, "")
					 : format_text(l, ", entry \"%.200s\"", z->entries[f->entry].name);
		int more = told[f->kind] == TELL_AT_MOST ? count[f->kind] - TELL_AT_MOST : 0;
		char *more_vi = more > 0 ? format_text(l, " (và %d mục nữa)", more) : copy_text(l, "");
		char *more_en = more > 0 ? format_text(l, " (and %d more)", more) : copy_text(l, "");
		ingest_tell(l, part, faults[f->kind].rule, faults[f->kind].severity, NULL,
			    format_text(l, "Gói \"%s\"%s: %s%s.", name, entry, faults[f->kind].vi, more_vi),
			    format_text(l, "Archive \"%s\"%s: %s%s.", name, entry_en, faults[f->kind].en,
					more_en));
	}
}

/* An attachment of an edXML message travels alone in a ZIP under a made-up name; the message has the real one. */
static const char *name_of(const struct letter *l, const struct part *p, const struct zip *z, int entry)
{
	const struct part *holder = letter_find_part(l, p->inside);
	int files = 0;
	for (int i = 0; i < z->n; i++)
		files += !z->entries[i].folder;
	return files == 1 && holder != NULL && text_same(holder->media, "application/vnd.edxml+xml") ? p->name
		: z->entries[entry].name;
}

void unpack_zip(struct letter *l, int part)
{
	const struct part *p = letter_find_part(l, part);
	struct zip *z = zip_open(l, p->bytes);
	bool keep_whole = text_starts(p->media, "application/vnd.o");
	if (zip_has_fault(z, ZIP_NO_DIRECTORY))
		ingest_unreadable(l, part, "gói ZIP bị cắt cụt, thiếu phần thư mục cuối tệp",
				  "the ZIP archive is cut off, its directory is missing");
	else if (zip_has_fault(z, ZIP_CUT_OFF))
		ingest_unreadable(l, part, "gói ZIP bị cắt cụt hoặc hỏng",
				  "the ZIP archive is cut off or damaged");
	for (int i = 0; i < z->n && !keep_whole && !zip_has_fault(z, ZIP_TOTAL_TOO_BIG); i++) {
		struct bytes bytes;
		p = letter_find_part(l, part);
		if (!z->entries[i].folder && zip_read(l, z, i, ZIP_MAX_ENTRY, &bytes)
		    && !ingest_add(l, part, name_of(l, p, z, i), bytes))
			break;
	}
	tell_faults(l, part, z);
	talloc_free(z);
}

static void drop_cms(void *cms) { CMS_ContentInfo_free(cms); }
static void drop_bio(void *bio) { BIO_free(bio); }

static CMS_ContentInfo *read_cms(const void *mem, struct bytes b)
{
	struct bytes der = b;
	if (b.at[0] != 0x30 && memcmp(b.at, "MI", b.len < 2 ? b.len : 2) == 0) {
		if (!text_from_base64(mem, (const char *)b.at, b.len, &der))
			return NULL;
	} else if (b.at[0] != 0x30) {
		char *label = NULL, *header = NULL;
		unsigned char *made = NULL;
		long len = 0;
		BIO *bio = own(mem, BIO_new_mem_buf(b.at, (int)b.len), drop_bio);
		if (PEM_read_bio(bio, &label, &header, &made, &len) == 1)
			der = copy_bytes(mem, made, (size_t)len);
		OPENSSL_free(label);
		OPENSSL_free(header);
		OPENSSL_free(made);
	}
	CMS_ContentInfo *cms = d2i_CMS_bio(own(mem, BIO_new_mem_buf(der.at, (int)der.len), drop_bio), NULL);
	ERR_clear_error();
	return own(mem, cms, drop_cms);
}

/* "quyet-dinh.pdf.p7m" held "quyet-dinh.pdf". */
static char *inner_name(const void *mem, const char *name)
{
	static const char *const endings[] = { ".p7m", ".p7s", ".sig", ".cms", ".P7M", ".P7S", NULL };
	for (int i = 0; endings[i] != NULL; i++)
		if (text_ends(name, endings[i]) && strlen(name) > strlen(endings[i]))
			return copy_part(mem, name, strlen(name) - strlen(endings[i]));
	return copy_text(mem, name);
}

/* A signature may carry the very file it came with: one file, not two. */
static bool stands_beside(const struct letter *l, int part, struct bytes inner)
{
	for (int i = 0; i < l->parts.n; i++) {
		const struct part *p = &l->parts.at[i];
		if (i + 1 != part && p->inside == letter_find_part(l, part)->inside && p->bytes.len == inner.len &&
		    memcmp(p->bytes.at, inner.at, inner.len) == 0)
			return true;
	}
	return false;
}

void unpack_cms(struct letter *l, int part)
{
	const struct part *p = letter_find_part(l, part);
	void *scratch = talloc_new(l);
	if (p->bytes.len > INGEST_MAX_CMS) {
		ingest_tell(l, part, "1_ingest/cms-too-big", HOLD, NULL,
			    "Tệp CMS lớn hơn 64 MB nên không được mở.",
			    "The CMS file is bigger than 64 MB and was not opened.");
		return;
	}
	CMS_ContentInfo *cms = read_cms(scratch, p->bytes);
	if (cms == NULL) {
		ingest_unreadable(l, part, "cấu trúc CMS (ASN.1) hỏng hoặc bị cắt cụt",
				  "its CMS structure (ASN.1) is damaged or cut off");
		talloc_free(scratch);
		return;
	}
	int type = OBJ_obj2nid(CMS_get0_type(cms));
	if (type == NID_pkcs7_enveloped || type == NID_pkcs7_encrypted)
		ingest_tell(l, part, "1_ingest/encrypted", HOLD, NULL,
			    format_text(l, "Tệp \"%s\" đã mã hóa nên không đọc được.", p->name),
			    format_text(l, "\"%s\" is encrypted and cannot be read.", p->name));
	ASN1_OCTET_STRING **content = type == NID_pkcs7_signed ? CMS_get0_content(cms) : NULL;
	if (content != NULL && *content != NULL && ASN1_STRING_length(*content) > 0) {
		struct bytes inner = { ASN1_STRING_get0_data(*content), (size_t)ASN1_STRING_length(*content) };
		if (!stands_beside(l, part, inner))
			ingest_add(l, part, inner_name(scratch, p->name), copy_bytes(l, inner.at, inner.len));
	}
	ERR_clear_error();
	talloc_free(scratch);
}
