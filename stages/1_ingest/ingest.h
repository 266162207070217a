/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ingest.h - inside 1_ingest: what a file is, and what it holds.
 *
 * What bytes prove a file to be (struct part's media), cheapest proof first:
 *
 *	application/pdf  application/vnd.edxml+xml  application/xml  application/pkcs7-mime (CMS, DER or PEM)
 *	application/pkix-cert  application/pkix-crl  application/ocsp-response  application/timestamp-token
 *	application/zip  application/vnd.etsi.asic-e+zip  application/vnd.etsi.asic-s+zip
 *	application/vnd.openxmlformats-officedocument.{wordprocessingml.document,spreadsheetml.sheet,
 *	presentationml.presentation}  application/vnd.oasis.opendocument.{text,spreadsheet,presentation,
 *	graphics,base}
 *	image/{jpeg,png,tiff,bmp,gif,jp2,webp}  text/csv  text/plain  text/html  message/rfc822
 *	application/msword (any OLE file)  application/octet-stream (unknown)
 *
 * Files that came along with the envelope (struct beside) are parts after it, and held by nothing either.
 * An unpacker adds what a container holds as parts with `inside`; the loop of ingest.c then looks at those. The
 * name of a part never tells what it is, and is never a path.
 */
#pragma once
#include "letter.h"

enum {
	INGEST_MAX_DEPTH = 2, /* containers inside one another; an attachment's own ZIP counts not */
	INGEST_MAX_PARTS = 1000,
	INGEST_MAX_BYTES = 512 << 20, /* all parts taken from containers: they are held in memory */
	INGEST_MAX_EDXML = 64 << 20,  /* the axis takes 50 MB */
	INGEST_MAX_CMS = 64 << 20,    /* a .p7m carries the letter itself, so more than a signature's 16 MB */
};

const char *sniff_media(struct bytes); /* one of the above, static */

/* The name of a type as a clerk says it ("tệp PDF"), for findings. */
const char *sniff_called(const char *media, bool english);

/* A finding about a part. A damaged envelope is "1_ingest/unreadable"; a damaged part inside it is not, since the
 * rest can be read: "1_ingest/part-unreadable". */
struct finding *ingest_tell(struct letter *, int part, const char *rule, enum severity, const char *law,
			    const char *vi, const char *en);
void ingest_unreadable(struct letter *, int part, const char *vi, const char *en);

/* Adds a part taken from a container unless that would pass a limit (then a finding, and false). */
bool ingest_add(struct letter *, int inside, const char *name, struct bytes);

void unpack_zip(struct letter *, int part);
void unpack_edxml(struct letter *, int part);
void unpack_cms(struct letter *, int part);
void unpack_pdf(struct letter *, int part);
void check_xml(struct letter *, int part);             /* other XML: is it fit to be read? */
