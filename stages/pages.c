/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pages.c - the rows of the stages that stand in the module, and how it is found. See pages.h.
 */
#include "pages.h"
#include "text.h"
#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* There when the module is linked in. */
extern const struct pages congvan_pages __attribute__((weak));

static const struct pages *loaded;

const struct pages *pages_load(char **why)
{
	static const char *const at[] = { "/congvan-pages.so", "/../lib/congvan/congvan-pages.so" };
	char path[PATH_MAX];
	if (loaded == NULL && &congvan_pages != NULL)
		loaded = &congvan_pages;
	ssize_t len = loaded == NULL ? readlink("/proc/self/exe", path, sizeof path - 64) : 0;
	path[len > 0 ? len : 0] = 0;
	char *name = strrchr(path, '/');
	for (size_t i = 0; loaded == NULL && name != NULL && i < sizeof at / sizeof *at; i++) {
		strcpy(name, at[i]);
		void *module = access(path, F_OK) == 0 ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
		loaded = module != NULL ? dlsym(module, "congvan_pages") : NULL;
	}
	if (loaded == NULL) {
		const char *said = dlerror();
		*why = format_text(NULL, "congvan-pages.so: %s", said != NULL ? said : "not found beside the program");
	}
	return loaded;
}

static bool extract_prepare(const struct settings *s, char **why)
{
	const struct pages *p = pages_load(why);
	return p != NULL && p->extract->prepare(s, why);
}

static bool draw_prepare(const struct settings *s, char **why)
{
	const struct pages *p = pages_load(why);
	return p != NULL && p->draw->prepare(s, why);
}

static bool emit_prepare(const struct settings *s, char **why)
{
	const struct pages *p = pages_load(why);
	return p != NULL && p->emit->prepare(s, why);
}

static enum outcome extract_run(struct letter *l) { return loaded->extract->run(l); }
static enum outcome draw_run(struct letter *l) { return loaded->draw->run(l); }
static enum outcome emit_run(struct batch *b) { return loaded->emit->run_batch(b); }

const struct stage stage_extract = { .name = "2_extract", .adds = "document,page,field,request", .version = 3,
	.limits = { 60, 1024, 160 }, .prepare = extract_prepare, .run = extract_run };
const struct stage stage_draw = { .name = "3_verify/draw", .adds = "picture", .version = 1,
	.limits = { 60, 1024, 64 }, .prepare = draw_prepare, .run = draw_run };
const struct stage stage_emit = { .name = "5_emit", .adds = "output", .version = 1,
	.limits = { 600, 3072, 2048 }, .prepare = emit_prepare, .run_batch = emit_run };
