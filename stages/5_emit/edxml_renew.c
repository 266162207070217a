/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * edxml_renew.c - put the signed PDF where the unsigned one was. See edxml_renew.h.
 */
#include "edxml_renew.h"
#include "text.h"
#include "write_zip.h"
#include <string.h>

bool edxml_renew(const void *mem, struct bytes message, const char *name, struct bytes file,
		 struct bytes *out)
{
	static const char opening[] = "<ContentTransferEncoded>", closing[] = "</ContentTransferEncoded>";
	char *mark = format_text(mem, "<AttachmentName>%s</AttachmentName>", name);
	const uint8_t *end = message.at + message.len,
		      *at = memmem(message.at, message.len, mark, strlen(mark));
	const uint8_t *from = at != NULL ? memmem(at, (size_t)(end - at), opening, strlen(opening)) : NULL;
	const uint8_t *to =
		from != NULL ? memmem(from, (size_t)(end - from), closing, strlen(closing)) : NULL;
	if (to == NULL)
		return false;
	from += strlen(opening);
	struct packed one = { name, file };
	struct buffer b = { .mem = mem };
	buffer_add(&b, message.at, (size_t)(from - message.at));
	buffer_text(&b, text_base64(mem, write_zip(mem, &one, 1)));
	buffer_add(&b, to, (size_t)(end - to));
	*out = (struct bytes){ (const uint8_t *)b.text, b.len };
	return true;
}
