# congvan - one Makefile, everything made stands under build/.
#
#   make            build/congvan (says what is missing if a package is)
#   make run        set up, build, the nightly run over the demo inbox into build/demo/outbox
#   make test       set up, build, every test of minutes; make test-all adds sanitizers, faults, fuzz replay
#   make fuzz TARGET=verify FUZZ=60   libFuzzer on one parser (clang)
#   make bench      ratios against pdftotext, pdfsig, tesseract, ocrmypdf in the same minute
#   make install PREFIX=/usr DESTDIR=
#
# Sources are found, not listed: a reader, a writer, a command is added by adding its file.
# MODE=asan builds the same below build/asan/ with sanitizers.

MODE    ?= release
PREFIX  ?= /usr/local
B       ?= build
O       := $(B)/$(MODE)
BIN     := $(if $(filter release,$(MODE)),$(B)/congvan,$(O)/congvan)

# Every Debian package that building, running and testing needs; the only list there is.
PACKAGES := pkg-config libpoppler-glib-dev libqpdf-dev libssl-dev libxml2-dev \
	libtesseract-dev libleptonica-dev tesseract-ocr-vie libsqlite3-dev libarchive-dev zlib1g-dev libpango1.0-dev \
	libcairo2-dev libfreetype-dev libxlsxwriter-dev libtalloc-dev libjansson-dev libunistring-dev libseccomp-dev \
	libcmocka-dev libp11-kit-dev fonts-liberation fonts-liberation2 fontconfig poppler-data softhsm2 \
	openssl poppler-utils libnss3-tools xmlsec1 libxml2-utils qpdf sqlite3 zip unzip python3 faketime
LIBS := poppler-glib libqpdf openssl libxml-2.0 tesseract lept sqlite3 libarchive zlib pangocairo \
	cairo fontconfig freetype2 xlsxwriter talloc jansson libseccomp p11-kit-1

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wvla -Wformat=2 -Wno-format-nonliteral -Wcast-qual -Wundef
BASE := -std=c17 -D_GNU_SOURCE -Istages -fstack-protector-strong -fPIE -MMD -MP $(WARN)
ifeq ($(MODE),asan)
BASE += -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
LINK := -fsanitize=address,undefined
else ifeq ($(MODE),fuzz)
BASE += -O1 -g -fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer
LINK := -fsanitize=address
else
BASE += -O2 -g -D_FORTIFY_SOURCE=2
LINK := -Wl,-z,relro,-z,now
endif
LINK += -Wl,--as-needed -lunistring -lm

# What reads and draws pages is a module, for its libraries are dear (stages/pages.h). Sanitizers, fuzz targets and unit
# tests have it linked in.
PAGES_SRC := stages/pages_module.c stages/3_verify/draw.c $(wildcard stages/2_extract/*.c) \
	$(filter-out $(addprefix stages/5_emit/,edxml_renew.c markup.c worksheet_book.c write_asic.c \
		write_xlsx.c write_zip.c),$(wildcard stages/5_emit/*.c))
SRC    := $(filter-out $(PAGES_SRC),$(wildcard stages/*.c stages/*/*.c pipeline/*.c))
OBJ    := $(SRC:%.c=$(O)/%.o)
PAGES_OBJ := $(PAGES_SRC:%.c=$(O)/%.o)
LIBOBJ := $(filter-out $(O)/pipeline/main.o,$(OBJ)) $(PAGES_OBJ)
UNIT   := $(patsubst tests/unit/%.c,$(O)/unit/%,$(wildcard tests/unit/test_*.c))

.PHONY: all setup run quick test test-all bench install clean unit fixtures fuzz fuzz-targets
all: $(BIN)

# Goals that set up by themselves do it before the flags are asked for; the others say what is missing.
ifneq ($(filter run test test-all bench setup fixtures fuzz,$(MAKECMDGOALS)),)
$(O)/flags.mk: | setup
endif
setup:
	@missing=; for p in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}\n' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

$(O)/flags.mk: Makefile
	@mkdir -p $(@D)
	@pkg-config --exists --print-errors $(LIBS) || { echo "something is missing: make setup installs it"; exit 1; }
	@{ printf 'LIBCFLAGS := '; pkg-config --cflags $(LIBS) | sed 's/-I/-isystem /g'; \
	   printf 'LIBLIBS := '; pkg-config --libs $(LIBS); } > $@
ifneq ($(MAKECMDGOALS),clean)
ifneq ($(MAKECMDGOALS),setup)
-include $(O)/flags.mk
endif
endif

# Changed flags rebuild everything: the stamp changes only when the flags do.
FLAGS = $(BASE) $(LIBCFLAGS) $(CPPFLAGS) $(CFLAGS)
$(O)/flags: FORCE
	@mkdir -p $(@D); echo '$(FLAGS) $(LINK) $(LIBLIBS)' | cmp -s - $@ || echo '$(FLAGS) $(LINK) $(LIBLIBS)' > $@
FORCE:

$(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -c -o $@ $<

ifeq ($(MODE),release)
$(PAGES_OBJ): private BASE := $(subst -fPIE,-fPIC,$(BASE))
$(BIN): $(OBJ) $(B)/congvan-pages.so
	$(CC) $(LDFLAGS) -o $@ $(OBJ) -pie -rdynamic $(LINK) $(LIBLIBS)
$(B)/congvan-pages.so: $(PAGES_OBJ)
	$(CC) $(LDFLAGS) -shared -o $@ $(PAGES_OBJ) $(LINK) $(LIBLIBS)
else
$(BIN): $(OBJ) $(PAGES_OBJ)
	$(CC) $(LDFLAGS) -o $@ $(OBJ) $(PAGES_OBJ) $(LINK) $(LIBLIBS)
endif

$(O)/unit/%: tests/unit/%.c $(LIBOBJ) $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -Ipipeline -Istages/1_ingest -Istages/2_extract -Istages/3_verify -Istages/4_judge \
		-Istages/5_emit -MF $@.d -o $@ $< $(LIBOBJ) $(LDFLAGS) $(LINK) $(LIBLIBS) -lcmocka

# Fuzz targets: with replay.c here; `make fuzz TARGET=verify FUZZ=60` builds one with clang and libFuzzer and lets it
# look for new inputs for FUZZ seconds, from the fixtures (Debian: clang, libclang-rt-14-dev; not needed otherwise).
TARGET ?= verify
FUZZ   ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,$(O)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz-targets: $(FUZZERS)
$(O)/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(LIBOBJ) $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(FLAGS)) -o $@ $< tests/fuzz/replay.c $(LIBOBJ) $(LDFLAGS) $(LINK) $(LIBLIBS)
fuzz: fixtures
	@command -v clang > /dev/null || { echo "fuzz wants clang and libclang-rt-14-dev"; exit 1; }
	@$(MAKE) -s MODE=fuzz CC=clang libfuzzer-$(TARGET)
	@mkdir -p $(B)/fuzz/found/$(TARGET)
	ASAN_OPTIONS=detect_leaks=0 OMP_THREAD_LIMIT=1 $(B)/fuzz/$(TARGET) -max_total_time=$(FUZZ) -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix=$(B)/fuzz/ $(B)/fuzz/found/$(TARGET) $(B)/fixtures/letters
libfuzzer-%: tests/fuzz/fuzz_%.c $(LIBOBJ)
	@mkdir -p $(B)/fuzz
	$(CC) $(filter-out -MMD -MP,$(FLAGS)) -o $(B)/fuzz/$* $< $(LIBOBJ) $(LDFLAGS) $(LINK) -fsanitize=fuzzer $(LIBLIBS)

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

# Fixtures: the tools that make them, the test PKI, the letters set and signed. None of it is committed.
FIXTOOL := $(patsubst fixtures/%.c,$(B)/fixtures/bin/%,$(wildcard fixtures/*.c))
$(B)/fixtures/bin/%: fixtures/%.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O2 -g $(WARN) $(LIBCFLAGS) -o $@ $< -Wl,--as-needed -lm $(LIBLIBS)

fixtures: $(FIXTOOL)
	@sh fixtures/pki.sh $(B)/fixtures/pki
	@sh fixtures/letters.sh $(B)/fixtures/bin $(B)/fixtures/pki $(B)/fixtures/letters fixtures/letters/*.letter
	@sh fixtures/letters.sh $(B)/fixtures/bin $(B)/fixtures/pki $(B)/fixtures/seeds fixtures/seeds/*.letter

# The clock of the demo stands still on a morning of July 2025. Exit 1 says that something needs a person: no failure.
run: $(BIN) fixtures
	@sh fixtures/demo.sh $(B)/fixtures $(B)/demo
	@$(BIN) run --inbox $(B)/demo/inbox --outbox $(B)/demo/outbox --state $(B)/demo/state \
		--trust $(B)/demo/pki/trust --province "Quảng Ngãi" --at 2025-07-07T01:00:00Z || [ $$? = 1 ]

# quick: what a change needs at once. test: with golden and end-to-end scripts (tests/*.sh), each of which
# prints its own 'NAME: N passed, N failed'.
quick: $(BIN) unit
	@sh tests/one-way.sh
	@$(BIN) rules --test

# bench: each row beside its peer in the same minute; tests/bench_NAME.sh adds one.
bench: $(BIN) fixtures
	@for t in tests/bench.sh $(wildcard tests/bench_*.sh); do sh $$t || exit 1; done

# The longest first, so that no core waits for them at the end.
LONGEST := $(addprefix tests/,scans.sh sign.sh companion.sh e2e.sh)
test: quick fixtures
	@sh tests/run $(LONGEST) $(filter-out $(LONGEST) tests/one-way.sh tests/bench% tests/slow_%,$(wildcard tests/*.sh))

# What takes longer: sanitizers, faults at the disk (tests/slow_*.sh). Leak checking needs ptrace, which a sealed child has not.
test-all: test
	@ASAN_OPTIONS=detect_leaks=0 $(MAKE) -s MODE=asan unit
	@sh tests/golden.sh --scans 000 001 002 003 004
	@sh tests/roundtrip.sh 200 20
	@SEEDS=8 $(O)/unit/test_roundtrip
	@for t in $(wildcard tests/slow_*.sh); do sh $$t || exit 1; done

# What the program reads at run time goes below share/congvan; nothing refers to this folder afterwards.
D = $(DESTDIR)$(PREFIX)
install: $(BIN)
	install -d $(D)/bin $(D)/lib/congvan $(D)/share/congvan $(D)/share/man/man1 $(D)/share/bash-completion/completions $(D)/lib/systemd/system \
		$(D)/lib/sysusers.d $(D)/lib/tmpfiles.d $(D)/share/doc/congvan
	install -m 755 $(BIN) $(D)/bin/congvan
	install -m 644 $(B)/congvan-pages.so $(D)/lib/congvan/
	cp -R --no-preserve=mode,ownership rules schemas $(D)/share/congvan/
	install -m 644 pipeline/share/congvan.1 $(D)/share/man/man1/
	install -m 644 pipeline/share/congvan.bash $(D)/share/bash-completion/completions/congvan
	install -m 644 pipeline/share/congvan.conf README.md LICENSE $(D)/share/doc/congvan/
	for u in sysusers tmpfiles; do install -m 644 pipeline/share/congvan.$$u $(D)/lib/$$u.d/congvan.conf; done
	for u in congvan-night.service congvan-night.timer; do \
		sed 's|@PREFIX@|$(PREFIX)|' pipeline/share/$$u > $(D)/lib/systemd/system/$$u; done

clean:
	rm -rf $(B)

-include $(OBJ:.o=.d) $(PAGES_OBJ:.o=.d) $(UNIT:=.d)
