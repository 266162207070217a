/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sniff.c - what a file is, from its bytes. See ingest.h for the list.
 *
 * A row of the table is a proof. The first that holds wins, so a row may rely on those above it: what reaches
 * the text rows is no known binary format.
 */
#include "ingest.h"
#include "sheet.h"
#include "text.h"
#include "zip.h"
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <strings.h>

#define OFFICE "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

static bool starts(struct bytes b, const char *with, size_t len)
{
	return b.len >= len && memcmp(b.at, with, len) == 0;
}

#define STARTS(b, with) starts((b), (with), sizeof(with) - 1)

static struct bytes head(struct bytes b, size_t len)
{
	return (struct bytes){ b.at, b.len < len ? b.len : len };
}

static bool holds(struct bytes b, const char *what)
{
	return memmem(b.at, b.len, what, strlen(what)) != NULL;
}

static const char *pdf(struct bytes b)
{
	return holds(head(b, 1024), "%PDF-") ? "application/pdf" : NULL;
}

static const char *image(struct bytes b)
{
	if (STARTS(b, "\xFF\xD8\xFF"))
		return "image/jpeg";
	if (STARTS(b, "\x89PNG\r\n"))
		return "image/png";
	if (STARTS(b, "II*\0") || STARTS(b, "MM\0*") || STARTS(b, "II+\0") || STARTS(b, "MM\0+"))
		return "image/tiff";
	if (STARTS(b, "GIF8"))
		return "image/gif";
	if (STARTS(b, "\0\0\0\x0CjP  ") || STARTS(b, "\xFF\x4F\xFF\x51"))
		return "image/jp2";
	if (STARTS(b, "RIFF") && b.len >= 12 && memcmp(b.at + 8, "WEBP", 4) == 0)
		return "image/webp";
	if (STARTS(b, "BM") && b.len >= 26 && b.at[6] == 0 && b.at[8] == 0 && b.at[15] == 0 && b.at[16] == 0)
		return "image/bmp";
	return NULL;
}

static const char *ole(struct bytes b)
{
	return STARTS(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ? "application/msword" : NULL;
}

/* What an archive calls itself in "mimetype", else what its names prove. */
static const char *zip(struct bytes b)
{
	static const struct { const char *said, *media; } mimetypes[] = {
		{ "application/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-e+zip" },
		{ "application/vnd.etsi.asic-s+zip", "application/vnd.etsi.asic-s+zip" },
		{ ODF "text", ODF "text" }, { ODF "spreadsheet", ODF "spreadsheet" },
		{ ODF "presentation", ODF "presentation" }, { ODF "graphics", ODF "graphics" },
		{ ODF "base", ODF "base" }, { ODF "database", ODF "base" },
	};
	if (!zip_looks_like(b))
		return NULL;
	void *mem = talloc_new(NULL);
	struct zip *z = zip_open(mem, b);
	const char *media = "application/zip";
	struct bytes said;
	int entry = zip_find(z, "mimetype");
	bool xades = false, cades = false, token = false, manifest = false;
	if (entry >= 0 && zip_read(mem, z, entry, 256, &said))
		for (size_t i = 0; i < sizeof mimetypes / sizeof *mimetypes; i++)
			if (strncmp((const char *)said.at, mimetypes[i].said, strlen(mimetypes[i].said)) == 0)
				media = mimetypes[i].media;
	for (int i = 0; i < z->n; i++) {
		const char *n = z->entries[i].name;
		if (strncasecmp(n, "META-INF/", 9) != 0)
			continue;
		xades |= strcasestr(n, "signature") != NULL && text_ends(n, ".xml");
		cades |= strcasestr(n, "signature") != NULL && text_ends(n, ".p7s");
		token |= strcasestr(n, "timestamp") != NULL && text_ends(n, ".tst");
		manifest |= strncasecmp(n + 9, "ASiCManifest", 12) == 0;
	}
	if (strcmp(media, "application/zip") == 0) {
		if (zip_find(z, "[Content_Types].xml") >= 0)
			media = zip_find(z, "word/document.xml") >= 0 ? OFFICE "wordprocessingml.document"
				: zip_find(z, "xl/workbook.xml") >= 0 ? OFFICE "spreadsheetml.sheet"
				: zip_find(z, "ppt/presentation.xml") >= 0 ? OFFICE "presentationml.presentation"
				: holds(b, "word/") ? OFFICE "wordprocessingml.document" : media;
		else if (manifest || xades)
			media = "application/vnd.etsi.asic-e+zip";
		else if (cades || token)
			media = "application/vnd.etsi.asic-s+zip";
	}
	talloc_free(mem);
	return media;
}

/* RFC 5652 5.1: a SignedData that signs nothing and has no signer hands certificates on (.p7b). */
static bool is_certificate_bundle(struct bytes b)
{
	const unsigned char *at = b.at;
	CMS_ContentInfo *cms = b.len <= (1 << 20) ? d2i_CMS_ContentInfo(NULL, &at, (long)b.len) : NULL;
	bool is = false;
	if (cms != NULL && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed) {
		STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
		ASN1_OCTET_STRING **content = CMS_get0_content(cms);
		STACK_OF(X509) *certificates = CMS_get1_certs(cms);
		is = (signers == NULL || sk_CMS_SignerInfo_num(signers) == 0) && (content == NULL || *content == NULL) &&
		     sk_X509_num(certificates) > 0;
		sk_X509_pop_free(certificates, X509_free);
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return is;
}

/* DER: the outer sequence and what its first element is. BER's indefinite length is let pass. */
static const char *der(struct bytes b)
{
	static const char signed_or_enveloped[] = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
	static const char compressed[] = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01";
	static const char tst_info[] = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";
	if (b.len < 12 || b.at[0] != 0x30)
		return NULL;
	size_t skip = b.at[1] < 0x80 ? 2 : b.at[1] == 0x80 ? 2 : (size_t)2 + (b.at[1] & 0x7F);
	if (skip > 6 || b.len < skip + 12)
		return NULL;
	struct bytes in = { b.at + skip, b.len - skip };
	if (STARTS(in, signed_or_enveloped) && is_certificate_bundle(b))
		return "application/pkix-cert";
	if (STARTS(in, signed_or_enveloped) || STARTS(in, compressed))
		return memmem(in.at, in.len < 256 ? in.len : 256, tst_info, sizeof tst_info - 1) != NULL
			? "application/timestamp-token" : "application/pkcs7-mime";
	if (STARTS(in, "\x0A\x01"))
		return "application/ocsp-response";
	if (STARTS(in, "\x30\x03\x02\x01\x00\x30") || STARTS(in, "\x30\x03\x02\x01\x01\x30"))
		return "application/timestamp-token"; /* a whole TimeStampResp: status first */
	const unsigned char *at = b.at;
	long len = b.len > (16 << 20) ? (16 << 20) : (long)b.len;
	X509 *x = d2i_X509(NULL, &at, len);
	X509_free(x);
	if (x != NULL)
		return "application/pkix-cert";
	at = b.at;
	X509_CRL *crl = d2i_X509_CRL(NULL, &at, len);
	X509_CRL_free(crl);
	return crl != NULL ? "application/pkix-crl" : NULL;
}

/* Programs have labels of their own ("SIGNED MESSAGE", "PKCS #7 SIGNED DATA"): what is inside tells, and the label only
 * of what is damaged. */
static const char *inside_pem(struct bytes b)
{
	char *label = NULL, *header = NULL;
	unsigned char *inner = NULL;
	long len = 0;
	BIO *bio = b.len <= INGEST_MAX_CMS ? BIO_new_mem_buf(b.at, (int)b.len) : NULL;
	bool good = bio != NULL && PEM_read_bio(bio, &label, &header, &inner, &len) == 1 && len > 0;
	const char *media = good ? der((struct bytes){ inner, (size_t)len }) : NULL;
	OPENSSL_free(label);
	OPENSSL_free(header);
	OPENSSL_free(inner);
	BIO_free(bio);
	ERR_clear_error();
	return media;
}

static const char *pem(struct bytes b)
{
	static const struct { const char *label, *media; } labels[] = {
		{ "-----BEGIN PKCS7-----", "application/pkcs7-mime" },
		{ "-----BEGIN CMS-----", "application/pkcs7-mime" },
		{ "-----BEGIN CERTIFICATE-----", "application/pkix-cert" },
		{ "-----BEGIN TRUSTED CERTIFICATE-----", "application/pkix-cert" },
		{ "-----BEGIN X509 CRL-----", "application/pkix-crl" },
	};
	const char *media = holds(head(b, 4096), "-----BEGIN ") ? inside_pem(b) : NULL;
	if (media != NULL)
		return media;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (holds(head(b, 4096), labels[i].label))
			return labels[i].media;
	return NULL;
}

/* Some programs save DER as bare base64. */
static const char *base64_der(struct bytes b)
{
	if (!STARTS(b, "MI") || b.len > INGEST_MAX_CMS)
		return NULL;
	void *mem = talloc_new(NULL);
	struct bytes inner;
	const char *media = text_from_base64(mem, (const char *)b.at, b.len, &inner) ? der(inner) : NULL;
	talloc_free(mem);
	return media;
}

/* Where the first '<' stands, past marks and blanks; in UTF-16 every other byte is 0. Some senders put a few
 * characters before the declaration ("1212<?xml"); those are passed over when a declaration follows. */
static const char *xml(struct bytes b)
{
	char text[4096];
	size_t n = 0;
	bool wide = STARTS(b, "\xFF\xFE") || STARTS(b, "\xFE\xFF") || STARTS(b, "<\0") || STARTS(b, "\0<");
	for (size_t i = 0; i < b.len && n + 1 < sizeof text; i++)
		if (!wide || b.at[i] != 0)
			text[n++] = (char)b.at[i];
	text[n] = 0;
	const char *at = text;
	if (memcmp(text, "\xEF\xBB\xBF", n < 3 ? n : 3) == 0)
		at += n < 3 ? n : 3;
	else if (wide && (text[0] & 0x80) != 0)
		at += 2;
	at += strspn(at, " \t\r\n");
	const char *declared = strstr(at, "<?xml");
	if (declared != NULL && declared - at <= 64 && memchr(at, '<', (size_t)(declared - at)) == NULL)
		at = declared;
	if (*at != '<' || (strchr("?!_:", at[1]) == NULL && (at[1] | 0x20) < 'a' && (at[1] & 0x80) == 0))
		return NULL;
	if (strncasecmp(at, "<!doctype html", 14) == 0 || strncasecmp(at, "<html", 5) == 0)
		return declared == NULL ? "text/html" : "application/xml";
	const char *root = at;                 /* the first tag that is no declaration and no comment */
	while (root != NULL && (root[1] == '?' || root[1] == '!')) {
		const char *end = strncmp(root, "<!--", 4) == 0 ? strstr(root, "-->") : strchr(root, '>');
		root = end != NULL ? strchr(end, '<') : NULL;
	}
	bool edxml = strstr(at, "edXMLEnvelope") != NULL || strstr(at, "edXMLHeader") != NULL
		|| strcasestr(at, "e-doc.vn/Schema") != NULL;
	if (root != NULL) {
		size_t name = strcspn(root + 1, " \t\r\n/>");
		edxml |= name >= 5 && memcmp(root + 1 + name - 5, "edXML", 5) == 0;
	}
	return edxml ? "application/vnd.edxml+xml" : "application/xml";
}

static const char *mail(struct bytes b)
{
	static const char *const first[] = { "From:",	      "Return-Path:",  "Received:",   "Delivered-To:",
					     "MIME-Version:", "Subject:",      "Message-ID:", "Date:",
					     "To:",	      "Content-Type:", "X-",	      NULL };
	struct bytes h = head(b, 8192);
	bool begins = STARTS(h, "From ");
	for (int i = 0; first[i] != NULL && !begins; i++)
		begins = b.len > strlen(first[i]) &&
			 strncasecmp((const char *)b.at, first[i], strlen(first[i])) == 0;
	return begins && (holds(h, "\nContent-Type:") || holds(h, "\nMIME-Version:") || holds(h, "\nMessage-ID:")
			  || holds(h, "\nTo:")) ? "message/rfc822" : NULL;
}

static bool is_text(struct bytes b)
{
	if (STARTS(b, "\xFF\xFE") || STARTS(b, "\xFE\xFF"))
		return true;
	struct bytes h = head(b, 65536);
	size_t odd = 0;
	for (size_t i = 0; i < h.len; i++)
		odd += h.at[i] < 32 && strchr("\t\n\r\f", h.at[i]) == NULL;
	for (size_t i = 0; i < h.len; i++)
		odd += h.at[i] == 0;
	return odd == 0 && h.len > 0;
}

enum { LOOK_SAME = 10, LOOK_HEAD = 40 };       /* rows; above the head of a form stand title and contact */

struct look { int rows, cells, same; bool list; };

static bool begins_with_number(const struct sheet_row *r)
{
	char *key = r->n >= 3 ? text_weak(NULL, r->cells[0]) : NULL;
	bool is = key != NULL && (strcmp(key, "stt") == 0 || strcmp(key, "tt") == 0 || strcmp(key, "so tt") == 0);
	talloc_free(key);
	return is;
}

static bool look_at_row(void *with, const struct sheet_row *r)
{
	struct look *k = with;
	struct sheet_heading h;
	k->list |= sheet_find_heading(r, &h) || begins_with_number(r);
	if (++k->rows > LOOK_SAME)
		return k->rows < LOOK_HEAD && !k->list;
	k->same += k->rows > 1 && r->n == k->cells;
	if (k->rows == 1 || r->n > k->cells)
		k->cells = r->n;
	return !k->list;
}

/* Text is a table when the heading of a list or a form is found, or its first rows have the same number of cells. */
static const char *text(struct bytes b)
{
	if (!is_text(b))
		return NULL;
	struct look k = { 0 };
	struct sheet_trouble why = { 0 };
	void *mem = talloc_new(NULL);
	sheet_read_csv(mem, head(b, 65536), look_at_row, &k, &why);
	talloc_free(mem);
	int looked = k.rows < LOOK_SAME ? k.rows : LOOK_SAME;
	bool table = k.list || (k.rows >= 2 && k.cells >= 3 && k.same >= looked - 2 && k.same > 0);
	return table ? "text/csv" : text_is_valid(b) || (b.len > 1 && b.at[0] >= 0xFE) ? "text/plain" : NULL;
}

static const char *(*const proofs[])(struct bytes) = {
	zip, ole, image, der, pdf, pem, xml, base64_der, mail, text,
};

const char *sniff_media(struct bytes b)
{
	for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
		const char *media = proofs[i](b);
		if (media != NULL)
			return media;
	}
	return "application/octet-stream";
}

const char *sniff_called(const char *media, bool english)
{
	static const struct { const char *media, *vi, *en; } called[] = {
		{ "application/pdf", "tệp PDF", "a PDF file" },
		{ "application/vnd.edxml+xml", "thông điệp edXML", "an edXML message" },
		{ "application/xml", "tệp XML", "an XML file" },
		{ "application/zip", "tệp nén ZIP", "a ZIP archive" },
		{ "application/msword", "tệp Office đời cũ (OLE)", "an old Office file (OLE)" },
		{ "application/pkcs7-mime", "tệp CMS (p7m/p7s)", "a CMS file (p7m/p7s)" },
		{ "application/vnd.etsi.asic-e+zip", "gói ký số ASiC-E", "an ASiC-E container" },
		{ "application/vnd.etsi.asic-s+zip", "gói ký số ASiC-S", "an ASiC-S container" },
		{ OFFICE "wordprocessingml.document", "tệp Word (DOCX)", "a Word file (DOCX)" },
		{ OFFICE "spreadsheetml.sheet", "bảng tính (XLSX)", "a workbook (XLSX)" },
		{ OFFICE "presentationml.presentation", "tệp trình chiếu (PPTX)", "a presentation (PPTX)" },
		{ ODF "text", "tệp văn bản ODT", "a text document (ODT)" },
		{ ODF "spreadsheet", "bảng tính (ODS)", "a spreadsheet (ODS)" },
		{ ODF "presentation", "tệp trình chiếu (ODP)", "a presentation (ODP)" },
		{ ODF "graphics", "bản vẽ (ODG)", "a drawing (ODG)" },
		{ ODF "base", "cơ sở dữ liệu (ODB)", "a database (ODB)" },
		{ "text/plain", "tệp văn bản thuần", "plain text" },
		{ "text/csv", "bảng CSV", "a CSV table" },
		{ "text/html", "trang HTML", "an HTML page" },
		{ "message/rfc822", "thư điện tử", "an e-mail" },
	};
	for (size_t i = 0; i < sizeof called / sizeof *called; i++)
		if (text_same(called[i].media, media))
			return english ? called[i].en : called[i].vi;
	if (text_starts(media, "image/"))
		return english ? "an image" : "tệp ảnh";
	return english ? "a file of unknown type" : "tệp không rõ định dạng";
}
