/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * main.c - the table of commands.
 *
 * Its first lines set OMP_THREAD_LIMIT and start the program once more: libgomp reads its environment before
 * main() does, Tesseract's threads make OCR 7 to 9 times slower, and a sealed child may not start a thread.
 */
#include "command.h"
#include "say.h"
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cmd_run(struct options *);
int cmd_trust(struct options *);
int cmd_verify(struct options *);
int cmd_extract(struct options *);
int cmd_check(struct options *);
int cmd_show(struct options *);
int cmd_list(struct options *);
int cmd_search(struct options *);
int cmd_report(struct options *);
int cmd_stage(struct options *);
int cmd_check_ledger(struct options *);
int cmd_backup(struct options *);
int cmd_restore(struct options *);
int cmd_doctor(struct options *);
int cmd_forms(struct options *);
int cmd_package(struct options *);
int cmd_package_sign(struct options *);
int cmd_rules(struct options *);
int cmd_names(struct options *);
int cmd_decide(struct options *);
int cmd_explain(struct options *);
int cmd_audit(struct options *);
int cmd_reconcile(struct options *);
int cmd_package_write(struct options *);

const struct command commands[] = {
	{ "run", "", "the nightly run: inbox to ledger to outbox",
	  "inbox outbox state at trust jobs max-time max-letters package-lines settle dry-run tessdata province ruleset whole-list lang unsealed",
	  "Exit 0: nothing needs a person. 1: somebody must look. 2: stopped by a budget.\n75: another run is at work, or a disk is full; nothing is lost.",
	  cmd_run },
	{ "verify", "FILE...", "signatures of files, no ledger",
	  "trust at format=text,json,html lang jobs unsealed save-signed-revision",
	  "html shows the pages as signed and as they look now side by side.\nA summary of several files goes to standard error.",
	  cmd_verify },
	{ "extract", "FILE...", "fields and form rows of files, no ledger",
	  "at format=text,json,html lang jobs text words tessdata ocr unsealed", NULL, cmd_extract },
	{ "check", "FILE...", "all of a letter: fields, signatures, findings; no ledger",
	  "trust at format=text,json lang jobs text tessdata ocr province unsealed", NULL, cmd_check },
	{ "package", "check PATH... | list | mark PATH STATE PERSON [REASON] | sign | write", "prove packages sound, mark what became of them, sign them",
	  "state config at format=text,json lang unsealed", "STATE: signed, submitted, accepted, returned (with REASON), fulfilled.\n'congvan package sign --help' and 'congvan package write --help' tell of those.", cmd_package },
	{ "package sign", "PATH [PDF...]", "seal a package's PDFs, or one PDF, with a key",
	  "as signed p12 pkcs11 pin-file picture box number pss asic tsq tsr out state trust at lang unsealed",
	  "PATH: a package's folder, or a PDF (then --out). The PIN never is an option.", cmd_package_sign },
	{ "package write", "LIST...", "lists beside the packages, of all that the ledger knows", "outbox state province at lang unsealed",
	  "LIST, below OUTBOX/<day>/lists: reminders (by deadline), dossiers (of merged\nbodies, to hand over), agencies (and their contacts), devices (to come back,\n"
	  "with minutes), handed (given out: Mẫu 07), all.", cmd_package_write },
	{ "reconcile", "FILE|DIR...", "the authority's answers: what was asked is closed, the rest is told",
	  "state trust at format=text,json lang jobs dry-run unsealed",
	  "FILE: .cer, .crt, .p7b, .crl, or its inventory export (CSV, XLSX). --trust names\nthe authority's certificates. Exit 1: not as asked, not there yet, or not asked.",
	  cmd_reconcile },
	{ "show", "FILE|HASH...", "all that is known of letters of the ledger", "state format=text,json,html lang text",
	  "FILE: a file, or the name it came by. HASH: the first characters of its SHA-256;\n"
	  "or number and symbol: 1602/UBND-NV. json prints the record, html the pages\nwith a box around each value.", cmd_show },
	{ "list", "[WORD...]", "letters of the ledger", "state format=text,json,csv lang only-problems",
	  "A WORD chooses by kind, state, verdict, disposition: hold failed form ...", cmd_list },
	{ "search", "WORD...", "letters by their text", "state format=text,json,csv lang",
	  "Words with diacritics match so; words without match with and without.", cmd_search },
	{ "report", "[RUN]", "what a run did (the last one that had something to do)", "state since format=text,html,xlsx lang only-problems",
	  "RUN: its number. The workbook goes to standard output: send it to a file.", cmd_report },
	{ "stage", "NAME", "one stage as a filter, JSON Lines in and out", "at trust jobs tessdata ocr province unsealed",
	  "A line: {\"letter\":\"sha256:...\",\"path\":\"...\"}, or an answer of the stage before.", cmd_stage },
	{ "check-ledger", "", "is everything there that ever came?", "state lang", NULL, cmd_check_ledger },
	{ "backup", "DIR", "copy ledger and store to DIR while others read", "state", NULL, cmd_backup },
	{ "restore", "DIR", "make a state of a backup", "state", NULL, cmd_restore },
	{ "trust", "[list | import FILE... | check FILE...]", "offline trust data: list it, import by pin, ask of a certificate",
	  "state trust at pin for format=text,json lang unsealed",
	  "import takes anchors by pin (rules/ca-pins.tsv, --pin), authorities and CRLs\nthat a believed one signed, "
	  "OCSP answers. check: would this certificate be\ntrusted then, and what is missing?", cmd_trust },
	{ "doctor", "", "will a night go well on this machine?", "state trust tessdata", NULL, cmd_doctor },
	{ "forms", "[FORM]", "the forms of the law, or the columns of one", "format=text,json",
	  "A question mark: its columns are not confirmed.", cmd_forms },
	{ "rules", "", "the book of rules of a day; test them", "at format=text,json,csv lang test list mergers",
	  "--list shows all, those no longer and not yet in force too.", cmd_rules },
	{ "audit", "", "certificate inventory and mergers to decisions, no ledger",
	  "inventory outbox package-lines assignments requests mergers ruleset effective at province "
	  "format=text,json,csv lang unsealed",
	  "Exit 1: somebody must choose, decide, or mend a row.", cmd_audit },
	{ "decide", "", "write what waits for a person; read the answers back", "out in state at lang unsealed",
	  "The answers taken are printed as a list for\n'audit --requests', which makes their packages.", cmd_decide },
	{ "explain", "SERIAL|LETTER|RULE", "the way from facts to a decision or a finding, in sentences", "state lang",
	  "LETTER: as show takes it.", cmd_explain },
	{ "names", "A B", "do two written names mean the same body? yes, no or ask", "mergers", NULL, cmd_names },
	{ 0 },
};

static void one_openmp_thread(char **argv)
{
	if (getenv("OMP_THREAD_LIMIT") != NULL)
		return;
	setenv("OMP_THREAD_LIMIT", "1", 1);
	execv("/proc/self/exe", argv);
	say("could not start again with OMP_THREAD_LIMIT=1; OCR will be slow");
}

/* Started with one of them closed, the next file opened would take its number, and a message would land in it. */
static bool standard_descriptors(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY) != fd)
			return false;
	return true;
}

static int usage(FILE *to)
{
	fputs(said("usage: congvan COMMAND [OPTION...] [FILE...]\n\n"), to);
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strchr(c->name, ' ') == NULL)
			fprintf(to, "  %-12s %s\n", c->name, said(c->does));
	fputs(said("\n'congvan COMMAND --help' tells more.\n"), to);
	return to == stdout ? EXIT_DONE : EXIT_USE;
}

/* Words of argv that name this command: 0, 1, or 2 for "package sign". */
static int named_by(const struct command *c, int argc, char **argv)
{
	size_t n = strlen(argv[1]);
	if (strcmp(c->name, argv[1]) == 0)
		return 1;
	return argc > 2 && strncmp(c->name, argv[1], n) == 0 && c->name[n] == ' ' && strcmp(c->name + n + 1, argv[2]) == 0 ? 2 : 0;
}

static const struct command *find_command(int argc, char **argv, int *words)
{
	const struct command *found = NULL;
	*words = 0;
	for (const struct command *c = commands; c->name != NULL; c++)
		if (named_by(c, argc, argv) > *words) {
			found = c;
			*words = named_by(c, argc, argv);
		}
	return found;
}

int main(int argc, char **argv)
{
	if (!standard_descriptors())
		return EXIT_IO;
	one_openmp_thread(argv);
	setlocale(LC_CTYPE, "C.UTF-8");
	say_in_vietnamese(options_lang(argc, argv, options_locale()) == LANG_VI);
	if (argc < 2)
		return usage(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(stdout);
	int words, code = EXIT_USE;
	const struct command *c = find_command(argc, argv, &words);
	struct options o = { 0 };
	if (c == NULL) {
		say("no command '%s'", argv[1]);
		return usage(stderr);
	}
	if (!options_read(&o, c, argc - 1 - words, argv + 1 + words, &code))
		return code;
	code = c->run(&o);
	if (fflush(stdout) != 0) {
		say("standard output: cannot write");
		return EXIT_IO;
	}
	return code;
}
