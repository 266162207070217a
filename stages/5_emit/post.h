/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * post.h - what goes by the post: lists and minutes of devices, the address label. See post.c.
 */
#pragma once
#include "bag.h"
#include "plan.h"

bool has_devices(const struct package *);              /* its certificates leave devices behind */
bool goes_by_post(const struct package *);
bool device_is_lost(const char *reason);               /* by the words of Mẫu 05, Lý do thu hồi; NULL: no */
void add_post_set(struct plan *, const struct package *, struct bag *);
