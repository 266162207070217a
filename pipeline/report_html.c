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
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		"<title>", lang == LANG_VI ? "vi" : "en");
	report_html_text(title, out);
	fputs("</title>\n<style>\n"
	      "@page { size: A4; margin: 20mm 15mm 20mm 25mm }\n"
	      "body { font: 13pt 'Times New Roman', 'Liberation Serif', serif; max-width: 60em; margin: 2em auto; "
	      "padding: 0 1em }\n"
	      "h1 { font-size: 16pt } h2 { font-size: 14pt; margin-top: 1.5em }\n"
	      "table { border-collapse: collapse; width: 100% }\n"
	      "th, td { border: 1px solid #888; padding: .3em .5em; text-align: left; vertical-align: top }\n"
	      "td.n { text-align: right } .law { color: #444; font-size: 11pt }\n"
	      "code { font-size: 11pt; overflow-wrap: anywhere }\n"
	      "tr { break-inside: avoid }\n"
	      "</style>\n</head>\n<body>\n<h1>", out);
	report_html_text(title, out);
	fputs("</h1>\n", out);
}

void report_html_foot(FILE *out) { fputs("</body>\n</html>\n", out); }
