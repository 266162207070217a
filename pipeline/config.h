/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * config.h - the configuration file: INI, read strictly.
 *
 * Sections are for people and mean nothing; a key is the long name of an option (state, inbox, trust ...), a
 * switch takes yes or no. Lines that start with # or ; are comments. Anything else is an error with its line.
 */
#pragma once
#include <stdbool.h>

/* put: false when the key is not known or the value is not one; *why is then what to say. Texts handed to put
 * live as long as the program. False: said why on stderr, with the line. */
bool config_read(const char *path, bool (*put)(void *with, const char *key, const char *value, const char **why),
		 void *with);
