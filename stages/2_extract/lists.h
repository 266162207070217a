/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lists.h - lists of administrative units in the running text of a letter.
 *
 * Letters of guidance name the units they mean in a sentence: "gồm: phường Hoàng Lâm; phường Lê Hồng Phong …", or
 * give an example: "các xã Bình Mỹ, Bình Chương sau sáp nhập giữ lại tên xã Bình Chương". Such a list becomes
 * requests of the form "unit-list" (cells: list, its number in the letter; unit; action, of the item it stands
 * under: issue, change-info, revoke), such an example one of the form "merger-example" (cells: old_units,
 * new_unit, name_kept yes or no).
 */
#pragma once
#include "letter.h"

void lists_read(struct letter *, int document);
