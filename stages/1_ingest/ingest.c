/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ingest.c - 1_ingest: what came in, by content, down to the last file inside it.
 *
 * The list of parts is worked off from the front while unpackers add to its end, so what is nested is looked at
 * by the same loop. Names and stated types are never believed; where they disagree with the bytes and a person
 * could be misled, that is a finding.
 */
#include "ingest.h"
#include "stage.h"
#include "text.h"
#include <string.h>
#include <strings.h>

#define LAW_RECEIVE "Nghị định số 30/2020/NĐ-CP, Điều 21 khoản 2"

static const struct {
	const char *media;
	void (*unpack)(struct letter *, int part);
	bool container;                        /* counts for the depth */
} unpackers[] = {
	{ "application/zip", unpack_zip, true },
	{ "application/vnd.etsi.asic-e+zip", unpack_zip, true },
	{ "application/vnd.etsi.asic-s+zip", unpack_zip, true },
	{ "application/vnd.openxmlformats-officedocument.wordprocessingml.document", unpack_zip, false },
	{ "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", unpack_zip, false },
	{ "application/vnd.openxmlformats-officedocument.presentationml.presentation", unpack_zip, false },
	{ "application/vnd.oasis.opendocument.text", unpack_zip, false },
	{ "application/vnd.oasis.opendocument.spreadsheet", unpack_zip, false },
	{ "application/vnd.oasis.opendocument.presentation", unpack_zip, false },
	{ "application/vnd.oasis.opendocument.graphics", unpack_zip, false },
	{ "application/vnd.oasis.opendocument.base", unpack_zip, false },
	{ "application/vnd.edxml+xml", unpack_edxml, true },
	{ "application/pkcs7-mime", unpack_cms, true },
	{ "application/pdf", unpack_pdf, false },
	{ "application/xml", check_xml, false },
};

struct finding *ingest_tell(struct letter *l, int part, const char *rule, enum severity severity, const char *law,
			    const char *vi, const char *en)
{
	struct finding *f = letter_finding(l, rule, severity, law, vi, en);
	struct place where = { .part = part };
	finding_evidence(l, f, format_text(l, "part:%d", part), &where);
	return f;
}

void ingest_unreadable(struct letter *l, int part, const char *vi, const char *en)
{
	const struct part *p = letter_find_part(l, part);
	if (part == 1)
		ingest_tell(
			l, part, "1_ingest/unreadable", HOLD, LAW_RECEIVE,
			format_text(l, "Tệp hỏng, không đọc được: %s. Đề nghị nơi gửi gửi lại văn bản.", vi),
			format_text(
				l,
				"The file is damaged and cannot be read: %s. Ask the sender to send it again.",
				en));
	else
		ingest_tell(
			l, part, "1_ingest/part-unreadable", HOLD, LAW_RECEIVE,
			format_text(
				l,
				"Tệp kèm theo \"%s\" hỏng, không đọc được: %s. Đề nghị nơi gửi gửi lại tệp này.",
				p->name, vi),
			format_text(l,
				    "The enclosed file \"%s\" is damaged and cannot be read: %s. "
				    "Ask the sender for this file again.",
				    p->name, en));
}

bool ingest_add(struct letter *l, int inside, const char *name, struct bytes bytes)
{
	int64_t held = 0;
	for (int i = 0; i < l->parts.n; i++)
		held += l->parts.at[i].inside != 0 ? l->parts.at[i].size : 0;
	if (l->parts.n >= INGEST_MAX_PARTS) {
		ingest_tell(
			l, inside, "1_ingest/too-many-parts", HOLD, NULL,
			format_text(l, "Văn bản gồm hơn %d tệp; các tệp sau đó không được xem xét.",
				    INGEST_MAX_PARTS),
			format_text(l, "The letter holds more than %d files; those after were not looked at.",
				    INGEST_MAX_PARTS));
		return false;
	}
	if (held + (int64_t)bytes.len > INGEST_MAX_BYTES) {
		ingest_tell(
			l, inside, "1_ingest/too-big", HOLD, NULL,
			format_text(
				l,
				"Tổng dung lượng các tệp kèm theo vượt %d MB; tệp \"%s\" không được xem xét.",
				INGEST_MAX_BYTES >> 20, name),
			format_text(l, "The enclosed files exceed %d MB in all; \"%s\" was not looked at.",
				    INGEST_MAX_BYTES >> 20, name));
		return false;
	}
	letter_add_part(l, inside, name, bytes);
	return true;
}

/* Containers around a part. The ZIP in which an edXML attachment travels belongs to its message. */
static int depth_of(const struct letter *l, const struct part *p)
{
	int depth = 0;
	for (const struct part *up = letter_find_part(l, p->inside); up != NULL;
	     up = letter_find_part(l, up->inside)) {
		const struct part *holder = letter_find_part(l, up->inside);
		if (text_same(up->media, "application/zip") && holder != NULL
		    && text_same(holder->media, "application/vnd.edxml+xml"))
			continue;
		depth++;
	}
	return depth;
}

static void tell_unsupported(struct letter *l, int part)
{
	const struct part *p = letter_find_part(l, part);
	const char *vi = sniff_called(p->media, false), *en = sniff_called(p->media, true);
	static const char *const unread[] = {
		"application/octet-stream",
		"application/msword",
		"text/html",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation",
		"application/vnd.oasis.opendocument.presentation",
		"application/vnd.oasis.opendocument.spreadsheet",
		"application/vnd.oasis.opendocument.graphics",
		"application/vnd.oasis.opendocument.base",
		NULL
	};
	static const char *const lists[] = { ".xls", ".xlsx", ".ods", ".csv", NULL };
	bool known = true, list = text_same(p->media, "application/vnd.oasis.opendocument.spreadsheet");
	for (int i = 0; lists[i] != NULL; i++)
		list = list || (strlen(p->name) > 5 && strcasecmp(p->name + strlen(p->name) - strlen(lists[i]), lists[i]) == 0);
	for (int i = 0; unread[i] != NULL; i++)
		known = known && !text_same(p->media, unread[i]);
	if (text_same(p->media, "application/msword")
	    && memmem(p->bytes.at, p->bytes.len, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32) != NULL)
		ingest_tell(
			l, part, "1_ingest/encrypted", HOLD, NULL,
			format_text(
				l,
				"Tệp \"%s\" đặt mật khẩu nên không đọc được. Đề nghị nơi gửi bỏ mật khẩu (Tệp, Thông tin, Bảo vệ) rồi gửi lại.",
				p->name),
			format_text(
				l,
				"\"%s\" is protected by a password and cannot be read. Ask for it without.",
				p->name));
	else if (!known && list)
		ingest_tell(l, part, "1_ingest/unsupported-type", part == 1 ? HOLD : WARN, NULL,
			    format_text(l, "\"%s\" là %s; chương trình không đọc loại tệp này. Đề nghị mở tệp, lưu lại danh sách thành .xlsx hoặc "
					"CSV UTF-8 rồi gửi lại.", p->name, vi),
			    format_text(l, "\"%s\" is %s, which is not read here. Open it, save the list as .xlsx or as CSV UTF-8 and send it again.",
					p->name, en));
	else if (!known)
		ingest_tell(
			l, part, "1_ingest/unsupported-type", part == 1 ? HOLD : WARN, NULL,
			format_text(
				l,
				"\"%s\" là %s; chương trình không đọc loại tệp này. Cần người xem, hoặc đề nghị "
				"nơi gửi gửi bản PDF đã ký số.",
				p->name, vi),
			format_text(
				l,
				"\"%s\" is %s, which is not read here. A person must look, or ask for a signed PDF.",
				p->name, en));
	else if (text_same(p->media, "message/rfc822"))
		ingest_tell(l, part, "1_ingest/mail-not-opened", part == 1 ? HOLD : NOTE, NULL,
			    format_text(l, "\"%s\" là thư điện tử; tệp đính kèm trong thư không được mở.",
					p->name),
			    format_text(l, "\"%s\" is an e-mail; what it encloses was not opened.", p->name));
}

/* A name that promises another type misleads the person who opens it. */
static void check_name(struct letter *l, int part)
{
	static const struct { const char *ending, *media; } promises[] = {
		{ ".pdf", "application/pdf" },
		{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
		{ ".doc", "application/msword" },
		{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ ".edxml", "application/vnd.edxml+xml" },
		{ ".p7s", "application/pkcs7-mime" },
		{ ".p7m", "application/pkcs7-mime" },
		{ ".png", "image/png" },
		{ ".jpg", "image/jpeg" },
	};
	const struct part *p = letter_find_part(l, part), *holder = letter_find_part(l, p->inside);
	if (holder != NULL && text_same(p->media, "application/zip")
	    && text_same(holder->media, "application/vnd.edxml+xml"))
		return;                        /* the ZIP it travels in */
	char *name = text_lower(l, p->name);
	for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
		if (text_ends(name, promises[i].ending) && !text_same(p->media, promises[i].media)
		    && !text_same(p->media, "application/octet-stream"))
			ingest_tell(l, part, "1_ingest/name-differs", WARN, NULL,
				    format_text(l, "Tệp \"%s\" mang đuôi %s nhưng thực là %s.", p->name,
						promises[i].ending, sniff_called(p->media, false)),
				    format_text(l, "\"%s\" is named %s but is %s.", p->name,
						promises[i].ending, sniff_called(p->media, true)));
	talloc_free(name);
}

static void look_into(struct letter *l, int part)
{
	const struct part *p = letter_find_part(l, part);
	for (size_t k = 0; k < sizeof unpackers / sizeof *unpackers; k++) {
		if (!text_same(p->media, unpackers[k].media))
			continue;
		if (unpackers[k].container && depth_of(l, p) >= INGEST_MAX_DEPTH
		    && !text_same(p->media, "application/pkcs7-mime")) {
			const struct part *holder = letter_find_part(l, p->inside);
			if (!text_same(p->media, "application/zip") || holder == NULL
			    || !text_same(holder->media, "application/vnd.edxml+xml")) {
				ingest_tell(
					l, part, "1_ingest/too-deep", HOLD, NULL,
					format_text(
						l,
						"\"%s\" nằm trong quá %d lớp gói lồng nhau nên không được mở.",
						p->name, INGEST_MAX_DEPTH),
					format_text(
						l,
						"\"%s\" lies inside more than %d nested containers and was not "
						"opened.",
						p->name, INGEST_MAX_DEPTH));
				return;
			}
		}
		unpackers[k].unpack(l, part);          /* parts may have moved: p is no more */
		break;
	}
	tell_unsupported(l, part);
}

/* What came along with the envelope. Bytes that are not at hand any more leave an empty part: its number stays. */
static void take_along(struct letter *l)
{
	for (int i = 0; i < l->beside.n && l->beside.at[i].along; i++)
		letter_add_part(l, 0, l->beside.at[i].name, l->beside.at[i].bytes);
}

static enum outcome run(struct letter *l)
{
	take_along(l);
	for (int i = 1; i <= l->parts.n; i++) {
		struct part *p = letter_find_part(l, i);
		p->media = copy_text(l, sniff_media(p->bytes));
		if (p->bytes.len == 0)
			ingest_unreadable(l, i, "tệp rỗng", "it is empty");
		else {
			check_name(l, i);
			look_into(l, i);
		}
	}
	return PASS;
}

const struct stage stage_ingest = { .name = "1_ingest", .adds = "part", .version = 2,
	.limits = { 60, 1024, 32 }, .run = run };
