/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_asic.h - files and a CAdES signature over all of them as ASiC-E (ETSI EN 319 162-1 4.4.4).
 *
 *     mimetype                       first, stored, at byte 38: what the container is
 *     META-INF/ASiCManifest001.xml   every file with its SHA-256; this is what is signed
 *     META-INF/signature001.p7s      detached CMS over the manifest
 *     the files
 *
 * Nothing is compressed (PDFs are already) and no entry has a time or an extra field, which libarchive would
 * write and the standard forbids for "mimetype"; so the same files give the same bytes.
 */
#pragma once
#include "write_zip.h"

struct bytes asic_manifest(const void *mem, const struct packed *files, int n);
struct bytes write_asic(const void *mem, const struct packed *files, int n, struct bytes manifest,
			struct bytes signature);
