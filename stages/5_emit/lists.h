/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lists.h - papers beside the packages: what is due, which dossiers change hands, who is who, which devices come
 * back, which were given out.
 *
 * Their rows are requests of these forms in letters that are known (the ledger's own word, papers.h), and what this
 * batch adds itself: deadlines of its packages, devices of certificates that have run out. Grouped rows make a paper a
 * group; each is written as PDF, DOCX and XLSX below <day>/lists/. Blank cells stay blank.
 *
 *     reminder  due what package agency law state                     nhac-han
 *     dossier   from to kind code date lines state                    FROM/ban-giao-ho-so      (BCY letter, item 3)
 *     agency    name code parent email contact phone certificates     danh-sach-co-quan        (BCY letter, item 4)
 *     device    agency device_serial holder_name serial why due       AGENCY/thu-hoi-thiet-bi and Mẫu 08
 *     handed    agency + the columns of Mẫu 07                         AGENCY/nd68-2024-mau-07
 */
#pragma once
#include "plan.h"

void emit_lists(struct plan *);
