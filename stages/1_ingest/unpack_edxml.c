/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unpack_edxml.c - the files an edXML message carries, and whether XML is fit to be read at all.
 *
 * QCVN 102:2016/BTTTT: references in edXMLBody/edXMLManifest, their bytes in AttachmentEncoded/Attachment/
 * ContentTransferEncoded as base64, usually of a ZIP with the one file in it, sometimes of the file itself.
 * Elements are found by local name, whatever their place and prefix. Seen on the real axis and told here: bytes
 * before the declaration, prefixes that are not bound, a template's placeholder where the file should be, bytes
 * that some program turned into U+FFFD, references without file, files without reference, types that lie.
 */
#include "ingest.h"
#include "text.h"
#include "xml.h"
#include <string.h>

#define LAW "QCVN 102:2016/BTTTT"

/* Bytes before "<?xml" are passed over and told. */
static struct bytes from_declaration(struct letter *l, int part)
{
	size_t skip;
	struct bytes b = xml_begin(letter_find_part(l, part)->bytes, &skip);
	if (skip == 0)
		return b;
	ingest_tell(
		l, part, "1_ingest/xml-leading-bytes", WARN, LAW,
		format_text(
			l,
			"Có %zu byte thừa trước khai báo <?xml, phần sau vẫn đọc được. Phần mềm của nơi gửi cần sửa.",
			skip),
		format_text(
			l,
			"%zu stray bytes stand before <?xml; what follows could be read. The sender's software "
			"needs mending.",
			skip));
	return b;
}

static xmlDoc *open_xml(struct letter *l, int part, const void *mem, size_t max_bytes)
{
	enum xml_trouble trouble;
	char *why;
	xmlDoc *doc = xml_read(mem, from_declaration(l, part), max_bytes, &trouble, &why);
	if (doc != NULL && why != NULL)
		ingest_tell(
			l, part, "1_ingest/xml-unbound-prefix", WARN, LAW,
			format_text(
				l,
				"Tiền tố không gian tên chưa khai báo, vẫn đọc được: %s. Phần mềm của nơi gửi cần sửa.",
				why),
			format_text(l, "A namespace prefix is not bound; it could be read all the same: %s.",
				    why));
	switch (trouble) {
	case XML_FINE:
		break;
	case XML_HAS_DTD:
		ingest_tell(l, part, "1_ingest/xml-dtd", HOLD, NULL,
			    "Tệp XML có khai báo DOCTYPE (DTD), có thể dùng để tấn công nên không được đọc.",
			    "The XML declares a DOCTYPE (DTD), which can be used for attacks; it was not read.");
		break;
	case XML_TOO_BIG: case XML_TOO_DEEP: case XML_TOO_MANY_ATTRS:
		ingest_tell(
			l, part, "1_ingest/xml-limit", HOLD, NULL,
			format_text(
				l,
				"Tệp XML vượt giới hạn (%zu MB, sâu %d lớp, %d thuộc tính) nên không được đọc.",
				max_bytes >> 20, XML_MAX_DEPTH, XML_MAX_ATTRS),
			format_text(
				l,
				"The XML exceeds a limit (%zu MB, depth %d, %d attributes) and was not read.",
				max_bytes >> 20, XML_MAX_DEPTH, XML_MAX_ATTRS));
		break;
	case XML_NOT_WELL_FORMED:
		ingest_unreadable(l, part, format_text(l, "XML không đúng cú pháp: %s", why),
				  format_text(l, "the XML is not well formed: %s", why));
		break;
	}
	return doc;
}

void check_xml(struct letter *l, int part)
{
	void *scratch = talloc_new(l);
	open_xml(l, part, scratch, XML_MAX_BYTES);
	talloc_free(scratch);
}

/* How often a program put U+FFFD where it could not read a byte; text may hold one or two of its own. */
static int replaced(struct bytes b)
{
	int n = 0;
	for (size_t i = 0; i + 2 < b.len; i++)
		n += b.at[i] == 0xEF && b.at[i + 1] == 0xBF && b.at[i + 2] == 0xBD;
	return n;
}

static void tell(struct letter *l, int part, const char *rule, enum severity severity, const char *name,
		 const char *vi, const char *en)
{
	ingest_tell(l, part, rule, severity, LAW, format_text(l, "Tệp đính kèm \"%s\" %s.", name, vi),
		    format_text(l, "Attachment \"%s\" %s.", name, en));
}

/* The manifest's Reference with that ContentId; NULL: none. */
static const xmlNode *reference_of(const void *mem, const xmlNode *manifest, const char *id)
{
	for (const xmlNode *r = xml_child(manifest, "Reference"); r != NULL; r = xml_next(r, "Reference"))
		if (text_same(xml_line(mem, xml_child(r, "ContentId")), id))
			return r;
	return NULL;
}

static bool is_template(const char *text)
{
	text += strspn(text, " \t\r\n");
	return text_starts(text, "${") || text_starts(text, "{{");
}

/* Does the stated type name the bytes? A stated ZIP may hold any one file, and what travels in a ZIP may be
 * stated by the type of the file inside: both are the axis's custom. */
static bool type_fits(const char *stated, const char *media)
{
	return *stated == 0 || text_same(stated, media) || text_same(media, "application/zip")
		|| text_same(stated, "application/octet-stream")
		|| (text_starts(media, "text/") && text_starts(stated, "text/"))
		|| (text_starts(stated, "application/xml") && text_same(media, "application/vnd.edxml+xml"))
		|| (text_same(stated, "text/xml") && text_ends(media, "xml"));
}

static void take_attachment(struct letter *l, int part, const xmlNode *a, const xmlNode *manifest,
			    const void *mem)
{
	char *id = xml_line(mem, xml_child(a, "ContentId"));
	const xmlNode *reference = reference_of(mem, manifest, id);
	char *name = xml_line(mem, xml_child(a, "AttachmentName"));
	if (*name == 0)
		name = xml_line(mem, xml_child(reference, "AttachmentName"));
	if (*name == 0)
		name = *id != 0 ? id : copy_text(mem, "?");
	const xmlNode *encoded = xml_child(a, "ContentTransferEncoded");
	char *text = xml_text(mem, encoded != NULL ? encoded : xml_child(a, "ContentTransferEncoding"));
	char *stated = xml_line(mem, xml_child(a, "ContentType"));
	char *listed = xml_line(mem, xml_child(reference, "ContentType"));
	struct bytes bytes;
	/* what travels in a ZIP may be listed by the type of the file inside: custom of the axis */
	if (*listed != 0 && *stated != 0 && strcasecmp(listed, stated) != 0
	    && !text_same(stated, "application/zip") && !text_same(listed, "application/zip"))
		tell(l, part, "1_ingest/attachment-type-disagrees", NOTE, name,
		     format_text(l, "được danh mục khai là %s, phần nội dung khai là %s; căn cứ vào chính tệp",
				 listed, stated),
		     format_text(l, "is listed as %s and attached as %s; the file itself decides", listed, stated));
	if (manifest != NULL && reference == NULL)
		tell(l, part, "1_ingest/attachment-unlisted", WARN, name,
		     "không có trong danh mục (Reference) của thông điệp",
		     "is not listed in the message's manifest (Reference)");
	if (is_template(text))
		tell(l, part, "1_ingest/attachment-placeholder", HOLD, name,
		     "chưa được chèn vào thông điệp (còn nguyên biến của mẫu); đề nghị nơi gửi gửi lại",
		     "was never put into the message (a template's variable stands there); ask the sender to send it again");
	else if (text[strspn(text, " \t\r\n")] == 0)
		tell(l, part, "1_ingest/attachment-empty", HOLD, name,
		     "không có nội dung; đề nghị nơi gửi gửi lại",
		     "has no content; ask the sender to send it again");
	else if (!text_from_base64(l, text, strlen(text), &bytes))
		tell(l, part, "1_ingest/attachment-not-base64", HOLD, name,
		     "không đúng mã hóa base64; đề nghị nơi gửi gửi lại",
		     "is not valid base64; ask the sender to send it again");
	else {
		const char *media = sniff_media(bytes);
		int lost = replaced(bytes);
		if (lost >= 8 && !text_starts(media, "text/") && !text_ends(media, "xml"))
			tell(l, part, "1_ingest/attachment-replaced-bytes", HOLD, name,
			     format_text(
				     l,
				     "đã hỏng ở phần mềm gửi: %d chỗ bị thay bằng ký tự U+FFFD; đề nghị nơi gửi gửi lại",
				     lost),
			     format_text(
				     l,
				     "was destroyed by the sending software: bytes were replaced by U+FFFD in %d places; "
				     "ask the sender to send it again",
				     lost));
		if (!type_fits(stated, media))
			tell(l, part, "1_ingest/attachment-type-differs", WARN, name,
			     format_text(l, "khai là %s nhưng thực là %s", stated, sniff_called(media, false)),
			     format_text(l, "is stated as %s but is %s", stated, sniff_called(media, true)));
		ingest_add(l, part, name, bytes);
	}
}

void unpack_edxml(struct letter *l, int part)
{
	void *scratch = talloc_new(l);
	xmlDoc *doc = open_xml(l, part, scratch, INGEST_MAX_EDXML);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	const xmlNode *manifest = xml_below(root, "edXMLManifest"), *files = xml_below(root, "AttachmentEncoded");
	if (manifest == NULL)
		manifest = xml_below(root, "Manifest");
	for (const xmlNode *a = xml_child(files, "Attachment"); a != NULL && l->parts.n < INGEST_MAX_PARTS;
	     a = xml_next(a, "Attachment"))
		take_attachment(l, part, a, manifest, scratch);
	for (const xmlNode *r = xml_child(manifest, "Reference"); r != NULL; r = xml_next(r, "Reference")) {
		char *id = xml_line(scratch, xml_child(r, "ContentId"));
		const xmlNode *a = xml_child(files, "Attachment");
		while (a != NULL && !text_same(xml_line(scratch, xml_child(a, "ContentId")), id))
			a = xml_next(a, "Attachment");
		if (a == NULL)
			tell(l, part, "1_ingest/attachment-missing", HOLD,
			     xml_line(scratch, xml_child(r, "AttachmentName")),
			     "có trong danh mục nhưng không có nội dung kèm theo; đề nghị nơi gửi gửi lại",
			     "is listed, but its content is not there; ask the sender to send it again");
	}
	talloc_free(scratch);
}
