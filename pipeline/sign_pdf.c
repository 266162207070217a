/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_pdf.c - plan, seal, prove. See sign_pdf.h.
 */
#include "sign_pdf.h"
#include "pages.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct limits sealed = { 120, 2048, 256 };

/* The child's answer about one file: this, then the tail. */
struct plan_head {
	uint64_t contents, room, earlier, hidden, ink;
};

static int plan_work(void *arg, struct batch *back)
{
	struct signing *s = arg;
	char *why = NULL;
	const struct pages *pages = pages_load(&why);  /* sign_plan() loaded it */
	for (int i = 0; i < s->files.n; i++) {
		struct sign_file *f = &s->files.at[i];
		struct append a;
		if (!pages->append_signature(back, f->before, &f->wish, &a)) {
			say("%s: %s", f->name, s->o->lang == LANG_VI ? a.vi : a.en);
			return EXIT_INPUT;
		}
		struct plan_head head = { a.contents, a.room, (uint64_t)a.earlier, a.hidden, a.ink };
		struct buffer b = { .mem = back };
		buffer_add(&b, &head, sizeof head);
		buffer_add(&b, a.tail.at, a.tail.len);
		batch_add_output(back, format_text(back, "tail-%d", i),
				 (struct bytes){ (const uint8_t *)b.text, b.len });
	}
	return EXIT_DONE;
}

/* The answer is read as hostile: the gap must be "<", zeros and ">" inside the tail, or nothing is signed. */
static bool take_plan(struct sign_file *f, struct bytes said)
{
	struct plan_head h;
	if (said.len <= sizeof h)
		return false;
	memcpy(&h, said.at, sizeof h);
	struct bytes tail = { said.at + sizeof h, said.len - sizeof h };
	if (h.room != f->wish.room || h.contents >= tail.len || tail.len - h.contents < 2 * h.room + 2 ||
	    tail.at[h.contents] != '<' || tail.at[h.contents + 2 * h.room + 1] != '>')
		return false;
	for (size_t i = 1; i <= 2 * h.room; i++)
		if (tail.at[h.contents + i] != '0')
			return false;
	f->made = (struct append){ .tail = tail,
				   .contents = (size_t)h.contents,
				   .room = (size_t)h.room,
				   .earlier = (int)(h.earlier & 0xFFFF),
				   .hidden = h.hidden != 0,
				   .ink = (enum ink)(h.ink & 3) };
	return true;
}

int sign_plan(struct signing *s)
{
	static const struct stage *const no_stages[] = { NULL };
	char *why = NULL;
	if (!stage_emit.prepare(&s->o->settings, &why)) {
		say("%s", why);
		return EXIT_MISSING;
	}
	for (int i = 0; i < s->files.n; i++) {
		s->files.at[i].wish.at = s->o->settings.at;
		s->files.at[i].wish.room = s->face.room;
	}
	struct nursery_wish wish = { .settings = &s->o->settings,
				     .stages = no_stages,
				     .unsealed = s->o->unsealed,
				     .work = plan_work,
				     .arg = s,
				     .limits = sealed };
	struct batch *back = batch_new(s->mem, &s->o->settings);
	int code = worker_call(&wish, back);
	if (code != EXIT_DONE)
		return code;
	for (int i = 0; i < s->files.n; i++)
		if (back->outputs.n != s->files.n || !take_plan(&s->files.at[i], back->outputs.at[i].bytes)) {
			say("%s: the plan of the signature is not one", s->files.at[i].name);
			return EXIT_BUG;
		}
	return EXIT_DONE;
}

void sign_digest(const struct key_face *face, const struct bytes *pieces, int n, uint8_t digest[64])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const EVP_MD *md = EVP_get_digestbyname(face->digest);
	unsigned int len = 0;
	bool good = ctx != NULL && md != NULL && EVP_DigestInit_ex(ctx, md, NULL) == 1;
	for (int i = 0; good && i < n; i++)
		good = EVP_DigestUpdate(ctx, pieces[i].at, pieces[i].len) == 1;
	if (!good || EVP_DigestFinal_ex(ctx, digest, &len) != 1 || len != face->digest_len)
		abort();
	EVP_MD_CTX_free(ctx);
}

int sign_seal(struct signing *s)
{
	static const char hex[] = "0123456789abcdef";
	for (int i = 0; i < s->files.n; i++) {
		struct sign_file *f = &s->files.at[i];
		uint8_t digest[64] = { 0 };
		struct bytes cms;
		int code;
		size_t gap = f->before.len + f->made.contents, after = gap + 2 * f->made.room + 2;
		struct buffer whole = { .mem = s->mem };
		buffer_add(&whole, f->before.at, f->before.len);
		buffer_add(&whole, f->made.tail.at, f->made.tail.len);
		const uint8_t *at = (const uint8_t *)whole.text;
		struct bytes pieces[] = { { at, gap }, { at + after, whole.len - after } };
		sign_digest(&s->face, pieces, 2, digest);
		if (!key_sign(s->key, digest, &cms, &code))
			return code;
		if (cms.len > f->made.room) {
			say("%s: the signature is larger than its room", f->name);
			return EXIT_BUG;
		}
		for (size_t k = 0; k < cms.len; k++) {
			whole.text[gap + 1 + 2 * k] = hex[cms.at[k] >> 4];
			whole.text[gap + 2 + 2 * k] = hex[cms.at[k] & 15];
		}
		f->after = (struct bytes){ at, whole.len };
	}
	return EXIT_DONE;
}

/* Proof ----------------------------------------------------------------------------------------------------
 */

struct proving {
	struct options *o;
	const struct sign_made *made;
	int n;
	bool stamped;
};

static void tell_fault(const struct proving *p, const char *name, const struct signature *s)
{
	TELL(p->o->lang, "%s: chữ ký %s không đạt khi tự kiểm tra (%s); không có gì được ghi",
	     "%s: signature %s does not pass our own check (%s); nothing was written", name, s->name,
	     s->sub_indication != NULL ? s->sub_indication : "?");
	for (int i = 0; i < s->messages.n; i++)
		if (s->messages.at[i].severity >= HOLD)
			say("  %s: %s", s->messages.at[i].code, s->messages.at[i].text);
}

static bool prove_one(const struct proving *p, const struct sign_made *m, struct sign_by *by)
{
	struct letter *l = letter_new(NULL, &p->o->settings, m->name);
	const struct signature *last = NULL;
	letter_add_part(l, 0, m->name, m->bytes);
	stage_ingest.run(l);
	stage_verify.run(l);
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		if (s->part != 1)
			continue;
		if (s->indication == TOTAL_FAILED || s->changes_after == CHANGES_FORBIDDEN) {
			tell_fault(p, m->name, s);
			return false;
		}
		last = last == NULL || s->covered >= last->covered ? s : last;
	}
	if (last != NULL && (last->trusted == NO || text_same(last->revocation.status, "revoked"))) {
		TELL(p->o->lang, "%s: chứng thư %s đã bị thu hồi hoặc không thể tin cậy (%s); không ký",
		     "%s: certificate %s is revoked or cannot be trusted (%s); nothing is signed", m->name,
		     last->signer.serial, last->sub_indication != NULL ? last->sub_indication : "?");
		return false;
	}
	bool good = last != NULL && last->intact == YES && last->valid == YES &&
		    last->coverage == COVERS_WHOLE_FILE && (!p->stamped || last->timestamp_time != NULL);
	if (last == NULL)
		say("%s: our own check finds no signature", m->name);
	else if (!good)
		tell_fault(p, m->name, last);
	else if (last->indication != TOTAL_PASSED && p->o->settings.trust.n > 0)
		TELL(p->o->lang, "%s: đã ký, nhưng chưa chứng minh được độ tin cậy với dữ liệu đã cho (%s)",
		     "%s: signed, but not proven trusted by the data given (%s)", m->name,
		     last->sub_indication);
	if (good) {
		by->covered = last->covered;
		snprintf(by->cn, sizeof by->cn, "%s", last->signer.cn != NULL ? last->signer.cn : "");
		snprintf(by->serial, sizeof by->serial, "%s",
			 last->signer.serial != NULL ? last->signer.serial : "");
	}
	return good;
}

static int prove_work(void *arg, struct batch *back)
{
	struct proving *p = arg;
	for (int i = 0; i < p->n; i++) {
		struct sign_by by = { 0 };
		if (!prove_one(p, &p->made[i], &by))
			return EXIT_INPUT;
		batch_add_output(back, format_text(back, "by-%d", i),
				 (struct bytes){ (const uint8_t *)&by, sizeof by });
	}
	return EXIT_DONE;
}

int sign_prove(struct options *o, const struct sign_made *made, int n, bool stamped, struct sign_by *by)
{
	static const struct stage *const stages_used[] = { &stage_ingest, &stage_verify, NULL };
	struct proving p = { o, made, n, stamped };
	struct nursery_wish wish = { .settings = &o->settings,
				     .stages = stages_used,
				     .unsealed = o->unsealed,
				     .work = prove_work,
				     .arg = &p,
				     .limits = sealed };
	struct batch *back = batch_new(NULL, &o->settings);
	int code = worker_call(&wish, back);
	for (int i = 0; code == EXIT_DONE && i < n; i++) {
		if (back->outputs.n != n || back->outputs.at[i].bytes.len != sizeof *by) {
			say("%s: the proof of its signature is not one", made[i].name);
			code = EXIT_BUG;
		} else if (by != NULL) {
			memcpy(&by[i], back->outputs.at[i].bytes.at, sizeof *by);
			by[i].cn[sizeof by->cn - 1] = by[i].serial[sizeof by->serial - 1] = 0;
		}
	}
	talloc_free(back);
	return code;
}
