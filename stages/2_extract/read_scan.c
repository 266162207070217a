/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_scan.c - pictures that came as files: JPEG, PNG, TIFF (with pages) and what else Leptonica reads.
 *
 * A picture is a page. Its resolution is believed when it gives a sheet of plausible width; otherwise the
 * picture is taken for a sheet of A4. Everything else is ocr.h.
 */
#include "ocr.h"
#include "page.h"
#include "reader.h"
#include <leptonica/allheaders.h>
#include <math.h>

static bool bid(const struct part *p)
{
	static const char *const media[] = { "image/jpeg", "image/png", "image/tiff", "image/bmp", "image/gif", "image/jp2",
					     "image/webp", NULL };
	return reader_media(p, media);
}

struct sheets { const struct part *part; bool tiff; };

/* Too big is told from the header, before anything is unpacked. */
static bool too_big(const struct part *p)
{
	l_int32 format, w = 0, h = 0, bits, samples, mapped;
	return pixReadHeaderMem(p->bytes.at, p->bytes.len, &format, &w, &h, &bits, &samples, &mapped) == 0
		&& (int64_t)w * h > OCR_MAX_PIXELS;
}

static PIX *sheet(struct sheets *from, int number)
{
	if (from->tiff)
		return pixReadMemTiff(from->part->bytes.at, from->part->bytes.len, number - 1);
	return pixReadMem(from->part->bytes.at, from->part->bytes.len);
}

static double dpi_of(PIX *pix)
{
	double w = pixGetWidth(pix), dpi = pixGetXRes(pix);
	double inches = dpi > 0 ? w / dpi : 0;
	return inches > 5 && inches < 14 ? dpi : w / (w < pixGetHeight(pix) ? 8.27 : 11.69);
}

static struct Pix *picture_of(void *from, int number, int dpi)
{
	PIX *raw = sheet(from, number);
	if (raw == NULL)
		return NULL;
	PIX *colour = pixConvertTo32(raw);
	double scale = dpi / dpi_of(raw);
	pixDestroy(&raw);
	if (colour == NULL || (double)pixGetWidth(colour) * pixGetHeight(colour) * scale * scale > OCR_MAX_PIXELS) {
		pixDestroy(&colour);
		return NULL;
	}
	if (fabs(scale - 1) < 0.02)
		return colour;
	PIX *scaled = pixScale(colour, (l_float32)scale, (l_float32)scale);
	pixDestroy(&colour);
	return scaled;
}

static void read_part(struct letter *l, int part, struct tables *tables)
{
	struct part *p = letter_find_part(l, part);
	static const char *const tiff[] = { "image/tiff", NULL };
	struct sheets from = { p, reader_media(p, tiff) };
	l_int32 n = 1;
	bool big = too_big(p);
	if (from.tiff) {
		PIX *one = NULL;
		n = 0;
		while (!big && n <= OCR_MAX_PAGES && (one = sheet(&from, n + 1)) != NULL) {
			pixDestroy(&one);
			n++;
		}
	}
	PIX *first = big || n == 0 ? NULL : sheet(&from, 1);
	if (first == NULL) {
		struct finding *f = big
			? letter_finding(l, "2_extract/page-too-big", WARN, NULL,
					 "Ảnh lớn hơn 40 triệu điểm ảnh nên không nhận dạng.",
					 "The picture has over 40 million pixels and was not read.")
			: letter_finding(l, "2_extract/unreadable", HOLD, NULL,
					 "Tệp ảnh hỏng, không mở được; đề nghị nơi gửi gửi lại.",
					 "The picture is damaged beyond reading; ask the sender to send it again.");
		struct place place = { .part = part };
		finding_evidence(l, f, "part", &place);
		return;
	}
	pixDestroy(&first);
	int at = l->pages.n;
	bool *wanted = new_array(l, bool, (size_t)n);
	for (int i = 0; i < n; i++) {
		reader_add_page(l, part, i + 1, FROM_OCR);
		wanted[i] = true;
	}
	ocr_pages(l, at, n, wanted, (struct pictures){ &from, picture_of, tables });
	for (int i = 0; i < n; i++)
		page_text(l, &l->pages.at[at + i]);
}

const struct reader reader_scan = { .name = "scan", .bid = bid, .read = read_part, .prepare = ocr_prepare };
