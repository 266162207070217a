/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_html.c - see report_html.h.
 */
#include "report_html.h"
#include "report_text.h"
#include <stdlib.h>

void report_html_text(const char *text, FILE *out)
{
	char *clean = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&clean, &len);
	if (f == NULL)
		return;
	report_text_clean(text, f);
	fclose(f);
	for (const char *p = clean; *p != 0; p++)
		switch (*p) {
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '&': fputs("&amp;", out); break;
		case '"': fputs("&quot;", out); break;
		default: fputc(*p, out);
		}
	free(clean);
}

void report_html_head(const char *title, enum lang lang, FILE *out)
{
	fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
		"<title>", lang == LANG_VI ? "vi" : "en");
	report_html_text(title, out);
	fputs("</title>\n<style>\n"
	      "@page { size: A4; margin: 20mm 15mm 20mm 25mm }\n"
	      "body { font: 12pt/1.45 'Times New Roman', 'Liberation Serif', serif; max-width: 62em; margin: 2em auto; "
	      "padding: 0 1.2em; color: #1b1b1b }\n"
	      "h1 { font-size: 17pt; line-height: 1.25; border-bottom: 2px solid #9b1c1c; padding-bottom: .3em }\n"
	      "h2 { font-size: 14pt; margin: 1.8em 0 .5em } .lead { font-size: 13pt }\n"
	      "table { border-collapse: collapse; width: 100% }\n"
	      "th, td { border: 1px solid #bbb; padding: .35em .55em; text-align: left; vertical-align: top }\n"
	      "th { background: #f3f1ec } th.group { background: #faf8f3 }\n"
	      "td.n { text-align: right } td.id code { white-space: nowrap } td.letter { width: 30% } .law { color: #555; font-size: 10.5pt }\n"
	      "td.reject, td.quarantined { color: #9b1c1c; font-weight: bold } td.hold { color: #8a5a00 }\n"
	      "ul.why { margin: 0; padding-left: 1.1em } li.warn { color: #555 }\n"
	      "a { color: #0b4f9e } ol li { margin: .25em 0 }\n"
	      "code { font-size: 10.5pt; overflow-wrap: anywhere }\n"
	      "thead { display: table-header-group } tr { break-inside: avoid } h2 { break-after: avoid }\n"
	      "table.facts th { width: 18em; font-weight: normal } li.s1, li.s2 { color: #8a5a00 } li.s3 { color: #9b1c1c }\n"
	      ".pair { display: flex; gap: 1em; break-inside: avoid } figure { margin: .5em 0; width: 49% }\n"
	      "figure svg { width: 100%; border: 1px solid #888 } figcaption { color: #555 }\n"
	      "@media print { a { color: inherit; text-decoration: none } body { margin: 0; max-width: none } }\n"
	      "</style>\n</head>\n<body>\n<h1>", out);
	report_html_text(title, out);
	fputs("</h1>\n", out);
}

void report_html_foot(FILE *out) { fputs("</body>\n</html>\n", out); }
