/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_strict.c - the limits of strict XML stand where they are said to stand, and ids resolve once or not at all.
 */
#include "strict.h"
#include "xml_transform.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const char *refusal(const char *text)
{
	const char *why;
	void *mem = talloc_new(NULL);
	strict_read(mem, (struct bytes){ (const uint8_t *)text, strlen(text) }, &why);
	talloc_free(mem);
	return why != NULL ? why : "";
}

static xmlDoc *parse(const void *mem, const char *text)
{
	const char *why;
	xmlDoc *doc = strict_read(mem, (struct bytes){ (const uint8_t *)text, strlen(text) }, &why);
	assert_non_null(doc);
	return doc;
}

static char *nested(const void *mem, int depth)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < depth; i++)
		buffer_text(&b, "<a>");
	for (int i = 0; i < depth; i++)
		buffer_text(&b, "</a>");
	return b.text;
}

static char *attributed(const void *mem, int n)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, "<a");
	for (int i = 0; i < n; i++)
		buffer_format(&b, " a%d='1'", i);
	buffer_text(&b, "/>");
	return b.text;
}

static void test_limits(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	assert_string_equal(refusal("<a/>"), "");
	assert_string_equal(refusal(nested(mem, STRICT_MAX_DEPTH)), "");
	assert_string_equal(refusal(nested(mem, STRICT_MAX_DEPTH + 1)), "XML_TOO_DEEP");
	assert_string_equal(refusal(attributed(mem, STRICT_MAX_ATTRIBUTES)), "");
	assert_string_equal(refusal(attributed(mem, STRICT_MAX_ATTRIBUTES + 1)), "XML_TOO_MANY_ATTRIBUTES");
	assert_string_equal(refusal("<!DOCTYPE a><a/>"), "XML_DOCTYPE");
	assert_string_equal(refusal("<!-- <!DOCTYPE a> --><a>&lt;!DOCTYPE</a>"), "");
	assert_string_equal(refusal("<a><![CDATA[<!DOCTYPE x><b>]]></a>"), "");
	assert_string_equal(refusal("<?xml version='1.0' encoding='UTF-7'?><a/>"), "XML_ENCODING");
	assert_string_equal(refusal("<a><b></a>"), "XML_MALFORMED");
	assert_string_equal(refusal("12<a/>"), "XML_MALFORMED");
	assert_string_equal(refusal(""), "XML_MALFORMED");
	talloc_free(mem);
}

static void test_plain_doctype(void **state)
{
	(void)state;
	static const char plain[] = "<!DOCTYPE a PUBLIC 'x' 'y.dtd'><a/>", full[] = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>";
	const char *why;
	void *mem = talloc_new(NULL);
	assert_non_null(strict_read_member(mem, (struct bytes){ (const uint8_t *)plain, sizeof plain - 1 }, &why));
	assert_null(strict_read_member(mem, (struct bytes){ (const uint8_t *)full, sizeof full - 1 }, &why));
	assert_string_equal(why, "XML_DOCTYPE");
	talloc_free(mem);
}

static void test_ids(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	xmlDoc *doc = parse(mem, "<a><b Id='x'/><c ID='y'/><d id='y'/><e xml:id='z' Id='z'/><f name='w'/></a>");
	int count;
	assert_string_equal((const char *)strict_find_id(doc, "x", &count)->name, "b");
	assert_null(strict_find_id(doc, "y", &count));
	assert_int_equal(count, 2);
	assert_string_equal((const char *)strict_find_id(doc, "z", &count)->name, "e");
	assert_null(strict_find_id(doc, "w", &count));
	assert_int_equal(count, 0);
	talloc_free(mem);
}

static void test_canonical(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	xmlDoc *doc = parse(mem, "<a xmlns='urn:a' xmlns:u='urn:u'><b z='1' y=\"2\"/><!--x--><c>&#13;&amp;</c></a>");
	struct bytes out;
	xmlNode *b = strict_first_element(xmlDocGetRootElement(doc));
	assert_true(xml_canonical(mem, b, NULL, &out));
	assert_int_equal(out.len, strlen("<b xmlns=\"urn:a\" xmlns:u=\"urn:u\" y=\"2\" z=\"1\"></b>"));
	assert_memory_equal(out.at, "<b xmlns=\"urn:a\" xmlns:u=\"urn:u\" y=\"2\" z=\"1\"></b>", out.len);
	assert_true(xml_canonical(mem, xmlDocGetRootElement(doc), NULL, &out));
	assert_null(memmem(out.at, out.len, "<!--x-->", 8));
	assert_non_null(memmem(out.at, out.len, "<c>&#xD;&amp;</c>", 17));
	talloc_free(mem);
}

static void test_walk(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	xmlNode *a = xmlDocGetRootElement(parse(mem, "<a><b><c/></b>t<d/></a>"));
	char order[16] = "";
	for (xmlNode *n = a; n != NULL; n = strict_walk(n, a))
		strncat(order, n->type == XML_TEXT_NODE ? "t" : (const char *)n->name, 2);
	assert_string_equal(order, "abctd");
	xmlNode *b = strict_first_element(a);
	assert_ptr_equal(strict_walk(strict_first_element(b), b), NULL);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits), cmocka_unit_test(test_plain_doctype), cmocka_unit_test(test_ids),
		cmocka_unit_test(test_canonical), cmocka_unit_test(test_walk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
