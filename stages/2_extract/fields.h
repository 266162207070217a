/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields.h - the fields of a letter from words with boxes, by the geometry of NĐ 30/2020.
 */
#pragma once
#include "letter.h"

void fields_read(struct letter *, int document);       /* adds the document's fields; its pages hold words */
