/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_ingest.c - what files are, what they hold, and that nothing in them can fool or exhaust the stage.
 *
 * Archives are put together byte by byte at run time, sound ones and those no honest program writes.
 */
#include "ingest.h"
#include "stage.h"
#include "text.h"
#include "zip_make.h"
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static const struct settings settings = { .data = "." };

static struct letter *ingest(const char *name, struct bytes b)
{
	struct letter *l = letter_new(NULL, &settings, name);
	letter_add_part(l, 0, name, b);
	assert_int_equal(stage_ingest.run(l), PASS);
	for (int i = 0; i < l->parts.n; i++)
		assert_non_null(l->parts.at[i].media);
	return l;
}

static struct letter *ingest_text(const char *text)
{
	return ingest("x", (struct bytes){ (const uint8_t *)text, strlen(text) });
}

static int count(const struct letter *l, const char *rule)
{
	int n = 0;
	for (int i = 0; i < l->findings.n; i++)
		n += strcmp(l->findings.at[i].rule, rule) == 0;
	return n;
}

static const char *media_of(const void *bytes, size_t len)
{
	return sniff_media((struct bytes){ bytes, len });
}

#define MEDIA(text, media) assert_string_equal(media_of(text, sizeof(text) - 1), media)
#define ENTRY(n, text) { .name = (n), .bytes = (text), .len = sizeof(text) - 1 }

static void media_by_content(void **state)
{
	(void)state;
	MEDIA("%PDF-1.7\n", "application/pdf");
	MEDIA("\n\nrubbish%PDF-1.4\n", "application/pdf");
	MEDIA("\x89PNG\r\n\x1A\n", "image/png");
	MEDIA("\xFF\xD8\xFF\xE0", "image/jpeg");
	MEDIA("II*\0\x08\0\0\0", "image/tiff");
	MEDIA("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword");
	MEDIA("<?xml version='1.0'?><a/>", "application/xml");
	MEDIA("\xEF\xBB\xBF<a/>", "application/xml");
	MEDIA("\xFF\xFE<\0a\0/\0>\0", "application/xml");
	MEDIA("<html><body>", "text/html");
	MEDIA("1212<?xml version='1.0'?>\n<edXML xmlns='x'/>", "application/vnd.edxml+xml");
	MEDIA("<x:edXML xmlns:x='http://www.e-doc.vn/Schema/'/>", "application/vnd.edxml+xml");
	MEDIA("-----BEGIN CERTIFICATE-----\n", "application/pkix-cert");
	MEDIA("From: a@b.vn\nTo: c@d.vn\nSubject: x\n\nbody", "message/rfc822");
	MEDIA("serial;email;holder_name\n1;a@b.vn;X\n", "text/csv");
	MEDIA("a,b,c\n1,2,3\n4,5,6\n", "text/csv");
	MEDIA("Kính gửi: các sở, ngành\nmột, hai\n", "text/plain");
	MEDIA("\x01\x02\x03\x04", "application/octet-stream");
	MEDIA("", "application/octet-stream");
}

static struct bytes zip_of(const void *mem, const char *name, const char *text)
{
	struct zip_make_entry e = { .name = name, .bytes = text, .len = strlen(text) };
	return zip_make(mem, &e, 1);
}

static void media_of_archives(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct zip_make_entry docx[] = { ENTRY("[Content_Types].xml", "<Types/>"), ENTRY("word/document.xml", "<d/>") };
	assert_string_equal(sniff_media(zip_make(mem, docx, 2)),
			    "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
	assert_string_equal(sniff_media(zip_of(mem, "mimetype", "application/vnd.oasis.opendocument.text")),
			    "application/vnd.oasis.opendocument.text");
	assert_string_equal(sniff_media(zip_of(mem, "mimetype", "application/vnd.etsi.asic-e+zip")),
			    "application/vnd.etsi.asic-e+zip");
	struct zip_make_entry asice[] = { ENTRY("a.txt", "x"), ENTRY("META-INF/signatures001.xml", "<s/>") };
	assert_string_equal(sniff_media(zip_make(mem, asice, 2)), "application/vnd.etsi.asic-e+zip");
	assert_string_equal(sniff_media(zip_of(mem, "a.txt", "x")), "application/zip");
	talloc_free(mem);
}

static void zip_gives_parts(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct zip_make_entry e[] = { ENTRY("văn bản.pdf", "%PDF-1.4"), ENTRY("thư mục/", ""), ENTRY("thư mục/a.txt", "chữ") };
	struct letter *l = ingest("a.zip", zip_make(mem, e, 3));
	assert_int_equal(l->findings.n, 0);
	assert_int_equal(l->parts.n, 3);
	assert_string_equal(l->parts.at[1].name, "văn bản.pdf");
	assert_string_equal(l->parts.at[1].media, "application/pdf");
	assert_string_equal(l->parts.at[2].name, "thư mục/a.txt");
	assert_int_equal(l->parts.at[2].inside, 1);
	assert_memory_equal(l->parts.at[2].bytes.at, "chữ", strlen("chữ"));
	talloc_free(l);
	talloc_free(mem);
}

static void zip_faults_are_told(void **state)
{
	(void)state;
	static const struct { struct zip_make_entry e[2]; int n; const char *rule; int parts; } cases[] = {
		{ { ENTRY("/etc/passwd", "x") }, 1, "1_ingest/zip-absolute-name", 1 },
		{ { ENTRY("C:\\x", "x") }, 1, "1_ingest/zip-absolute-name", 1 },
		{ { ENTRY("a/../../b", "x"), ENTRY("c", "x") }, 2, "1_ingest/zip-upward-name", 2 },
		{ { ENTRY("a\nb", "x") }, 1, "1_ingest/zip-odd-name", 1 },
		{ { ENTRY("a", "x"), ENTRY("a", "y") }, 2, "1_ingest/zip-double-name", 1 },
		{ { ENTRY("a", "x"), { .name = "b", .bytes = "x", .len = 1, .at = 1 } }, 2, "1_ingest/zip-overlap", 1 },
		{ { { .name = "a", .local_name = "b", .bytes = "x", .len = 1 } }, 1, "1_ingest/zip-headers-differ", 1 },
		{ { { .name = "a", .bytes = "x", .len = 1, .flags = 1 } }, 1, "1_ingest/encrypted", 1 },
		{ { { .name = "a", .bytes = "x", .len = 1, .method = 14 } }, 1, "1_ingest/zip-method", 1 },
		{ { { .name = "a", .bytes = "x", .len = 1, .size = 300 << 20 } }, 1, "1_ingest/zip-entry-too-big", 1 },
		{ { { .name = "a", .bytes = "x", .len = 1, .size = 2 << 20 } }, 1, "1_ingest/zip-ratio", 1 },
		{ { { .name = "a", .bytes = "xyz", .len = 3, .size = 9, .method = 8 } }, 1, "1_ingest/zip-bad-data", 1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *mem = talloc_new(NULL);
		struct letter *l = ingest("a.zip", zip_make(mem, cases[i].e, cases[i].n));
		if (count(l, cases[i].rule) == 0 || l->parts.n != cases[i].parts)
			fail_msg("%s: %d findings, %d parts", cases[i].rule, l->findings.n, l->parts.n);
		talloc_free(l);
		talloc_free(mem);
	}
}

static struct bytes deflated(const void *mem, size_t len)
{
	uint8_t *zeros = new_array(mem, uint8_t, len), *out = new_array(mem, uint8_t, len / 100 + 1000);
	z_stream z = { .next_in = zeros, .avail_in = (uInt)len, .next_out = out, .avail_out = (uInt)(len / 100 + 1000) };
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct bytes){ out, z.total_out };
}

/* A bomb that owns up to its size is too dense; one that lies is stopped where its lie ends. */
static void bombs_do_not_go_off(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct bytes packed = deflated(mem, 32 << 20);
	struct zip_make_entry honest = { .name = "a", .bytes = packed.at, .len = packed.len, .method = 8, .size = 32 << 20 };
	struct zip_make_entry liar = { .name = "a", .bytes = packed.at, .len = packed.len, .method = 8, .size = 100 };
	struct letter *l = ingest("a.zip", zip_make(mem, &honest, 1));
	assert_int_equal(count(l, "1_ingest/zip-ratio"), 1);
	assert_int_equal(l->parts.n, 1);
	talloc_free(l);
	l = ingest("a.zip", zip_make(mem, &liar, 1));
	assert_int_equal(count(l, "1_ingest/zip-bad-data"), 1);
	assert_int_equal(l->parts.n, 1);
	talloc_free(l);
	talloc_free(mem);
}

static void archives_are_opened_two_deep(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct bytes b = zip_of(mem, "letter.txt", "chào");
	for (int i = 0; i < 3; i++) {
		struct zip_make_entry e = { .name = "inner.zip", .bytes = b.at, .len = b.len };
		b = zip_make(mem, &e, 1);
	}
	struct letter *l = ingest("a.zip", b);
	assert_int_equal(count(l, "1_ingest/too-deep"), 1);
	assert_int_equal(l->parts.n, 3);
	talloc_free(l);
	talloc_free(mem);
}

static void too_many_entries(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct zip_make_entry *e = new_array(mem, struct zip_make_entry, 1100);
	for (int i = 0; i < 1100; i++)
		e[i] = (struct zip_make_entry){ .name = format_text(mem, "%d.txt", i), .bytes = "x", .len = 1 };
	struct letter *l = ingest("a.zip", zip_make(mem, e, 1100));
	assert_int_equal(count(l, "1_ingest/zip-too-many-entries"), 1);
	assert_true(l->parts.n <= INGEST_MAX_PARTS);
	talloc_free(l);
	talloc_free(mem);
}

static void damaged_files_are_unreadable(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct bytes b = zip_of(mem, "a.txt", "một hai ba bốn năm sáu bảy");
	for (size_t cut = 30; cut < b.len; cut += 7) {
		struct letter *l = ingest("a.zip", (struct bytes){ b.at, cut });
		assert_int_equal(count(l, "1_ingest/unreadable"), 1);
		talloc_free(l);
	}
	static const char *const broken[] = { "<?xml version='1.0'?><a><b></a>", "<a>&undefined;</a>", "<a/><b/>", "" };
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct letter *l = ingest_text(broken[i]);
		assert_int_equal(count(l, "1_ingest/unreadable"), 1);
		talloc_free(l);
	}
	struct letter *l = ingest_text("<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>");
	assert_int_equal(count(l, "1_ingest/xml-dtd"), 1);
	assert_int_equal(count(l, "1_ingest/unreadable"), 0);
	talloc_free(l);
	talloc_free(mem);
}

/* One attachment with this content in this much of a message. */
static struct letter *message(const void *mem, const char *before, const char *content, const char *type)
{
	return ingest_text(format_text(mem, "%s<?xml version='1.0'?><edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'>"
		"<edXMLEnvelope><edXMLBody><edXMLManifest><Reference xlink:href=''><ContentId>cid:1</ContentId>"
		"<ContentType>application/pdf</ContentType><AttachmentName>công văn.pdf</AttachmentName></Reference></edXMLManifest></edXMLBody></edXMLEnvelope>"
		"<e:AttachmentEncoded xmlns:e='http://www.mic.gov.vn/TBT/QCVN_102_2016'><e:Attachment><e:ContentId>cid:1"
		"</e:ContentId><e:AttachmentName>công văn.pdf</e:AttachmentName><e:ContentType>%s</e:ContentType>"
		"<e:ContentTransferEncoded>%s</e:ContentTransferEncoded></e:Attachment></e:AttachmentEncoded></edXML>",
		before, type, content));
}

static void edxml_gives_attachments(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct bytes pdf = { (const uint8_t *)"%PDF-1.4\n", 9 };
	struct zip_make_entry e = { .name = "3f1c.pdf", .bytes = pdf.at, .len = pdf.len };
	struct letter *l = message(mem, "", text_base64(mem, zip_make(mem, &e, 1)), "application/zip");
	assert_int_equal(l->parts.n, 3);
	assert_string_equal(l->parts.at[2].name, "công văn.pdf");       /* not the made-up name inside the ZIP */
	assert_string_equal(l->parts.at[2].media, "application/pdf");
	assert_int_equal(l->parts.at[2].inside, 2);
	assert_int_equal(count(l, "1_ingest/xml-unbound-prefix"), 1);
	assert_int_equal(l->findings.n, 1);
	talloc_free(l);
	l = message(mem, "1212", text_base64(mem, pdf), "image/png");
	assert_int_equal(l->parts.n, 2);
	assert_string_equal(l->parts.at[1].media, "application/pdf");
	assert_int_equal(count(l, "1_ingest/xml-leading-bytes"), 1);
	assert_int_equal(count(l, "1_ingest/attachment-type-differs"), 1);
	assert_int_equal(count(l, "1_ingest/attachment-type-disagrees"), 1);
	talloc_free(l);
	talloc_free(mem);
}

static void edxml_says_what_is_broken(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct buffer lost = { .mem = mem };
	buffer_text(&lost, "%PDF-1.4\n%");
	for (int i = 0; i < 20; i++)
		buffer_text(&lost, "\xEF\xBF\xBD\x01");
	const struct { const char *content, *rule; int parts; } cases[] = {
		{ "${__StringFromFile(test.txt,,,)}", "1_ingest/attachment-placeholder", 1 },
		{ " ", "1_ingest/attachment-empty", 1 },
		{ "!!!!", "1_ingest/attachment-not-base64", 1 },
		{ text_base64(mem, (struct bytes){ (const uint8_t *)lost.text, lost.len }), "1_ingest/attachment-replaced-bytes", 2 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct letter *l = message(mem, "", cases[i].content, "application/pdf");
		if (count(l, cases[i].rule) != 1 || l->parts.n != cases[i].parts)
			fail_msg("%s: %d parts", cases[i].rule, l->parts.n);
		talloc_free(l);
	}
	struct letter *l = ingest_text("<edXML><edXMLBody><edXMLManifest><Reference><ContentId>cid:9</ContentId><AttachmentName>"
				       "a.pdf</AttachmentName></Reference></edXMLManifest></edXMLBody></edXML>");
	assert_int_equal(count(l, "1_ingest/attachment-missing"), 1);
	talloc_free(l);
	talloc_free(mem);
}

static void cms_gives_what_it_encloses(void **state)
{
	(void)state;
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 3600);
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, (const unsigned char *)"x", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);
	BIO *content = BIO_new_mem_buf("%PDF-1.4\n", 9);
	CMS_ContentInfo *cms = CMS_sign(x, key, NULL, content, CMS_BINARY);
	unsigned char *der = NULL;
	int len = i2d_CMS_ContentInfo(cms, &der);
	assert_true(len > 0);
	struct letter *l = ingest("quyết định.pdf.p7m", (struct bytes){ der, (size_t)len });
	assert_string_equal(l->parts.at[0].media, "application/pkcs7-mime");
	assert_int_equal(l->parts.n, 2);
	assert_string_equal(l->parts.at[1].name, "quyết định.pdf");
	assert_string_equal(l->parts.at[1].media, "application/pdf");
	talloc_free(l);
	l = ingest("a.p7m", (struct bytes){ der, (size_t)len / 2 });
	assert_int_equal(count(l, "1_ingest/unreadable"), 1);
	talloc_free(l);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(content);
	X509_free(x);
	EVP_PKEY_free(key);
}

/* A PDF put together object by object, with its table of offsets; the name tree points back at itself. */
static void pdf_gives_embedded_files(void **state)
{
	(void)state;
	static const char *const objects[] = {
		"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 5 0 R>>>>", "<</Type/Pages/Kids[]/Count 0>>",
		"<</Type/EmbeddedFile/Length 12>>stream\nserial,email\nendstream", "<</Type/Filespec/F(list.csv)/EF<</F 3 0 R>>>>",
		"<</Names[(list.csv) 4 0 R]/Kids[5 0 R]>>",
	};
	void *mem = talloc_new(NULL);
	struct buffer b = { .mem = mem };
	size_t at[6] = { 0 };
	buffer_text(&b, "%PDF-1.7\n");
	for (int i = 0; i < 5; i++) {
		at[i + 1] = b.len;
		buffer_format(&b, "%d 0 obj%s\nendobj\n", i + 1, objects[i]);
	}
	size_t xref = b.len;
	buffer_text(&b, "xref\n0 6\n0000000000 65535 f \n");
	for (int i = 1; i < 6; i++)
		buffer_format(&b, "%010zu 00000 n \n", at[i]);
	buffer_format(&b, "trailer<</Root 1 0 R/Size 6>>\nstartxref\n%zu\n%%%%EOF\n", xref);
	struct letter *l = ingest("a.pdf", (struct bytes){ (const uint8_t *)b.text, b.len });
	assert_int_equal(l->parts.n, 2);
	assert_string_equal(l->parts.at[1].name, "list.csv");
	assert_int_equal(l->parts.at[1].size, 12);
	talloc_free(l);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(media_by_content), cmocka_unit_test(media_of_archives), cmocka_unit_test(zip_gives_parts),
		cmocka_unit_test(zip_faults_are_told), cmocka_unit_test(bombs_do_not_go_off),
		cmocka_unit_test(archives_are_opened_two_deep), cmocka_unit_test(too_many_entries),
		cmocka_unit_test(damaged_files_are_unreadable), cmocka_unit_test(edxml_gives_attachments),
		cmocka_unit_test(edxml_says_what_is_broken), cmocka_unit_test(cms_gives_what_it_encloses),
		cmocka_unit_test(pdf_gives_embedded_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
