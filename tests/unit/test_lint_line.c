/* What a line of a linter's text output says: path, place, severity and rule of each shape. */
#include "check.h"

#include "collectors/lint_line.h"
#include "collectors/lint_quick.h"
#include "collectors/lint_stamp.h"
#include "model/run.h"

struct shape {
    const char *text, *path;
    uint64_t line, column;
    enum level level;
    const char *rule, *message;
};

static const struct shape shapes[] = {
    {"src/a.c:12:3: warning: unused variable 'x' [-Wunused]", "src/a.c", 12, 3, LEVEL_WARNING,
     "-Wunused", "unused variable 'x' [-Wunused]"},
    {"/b/a.c:1: fatal error: no such file", "/b/a.c", 1, 0, LEVEL_ERROR, "", "no such file"},
    {"./a.c:1:2: error: m [-Werror,-Wshadow]", "./a.c", 1, 2, LEVEL_ERROR, "-Wshadow", NULL},
    {"a.c:1:2: warning: m [-Wformat,Format String]", "a.c", 1, 2, LEVEL_WARNING, "-Wformat", NULL},
    {"a.c:1:2: error: m [bugprone-x,-warnings-as-errors]", "a.c", 1, 2, LEVEL_ERROR, "bugprone-x",
     NULL},
    {"a.c:1:2: warning: leak [CWE-401] [-Wanalyzer-malloc-leak]", "a.c", 1, 2, LEVEL_WARNING,
     "-Wanalyzer-malloc-leak", NULL},
    {"a.c:1:2: warning: array a[3] is odd", "a.c", 1, 2, LEVEL_WARNING, "", NULL},
    {"a.java:3: warning: [unchecked] call", "a.java", 3, 0, LEVEL_WARNING, "unchecked", NULL},
    {"\"../a.c\", line 3: warning #179-D: m", "../a.c", 3, 0, LEVEL_WARNING, "#179-D", "m"},
    {"\"a b.c\", line 3: Warning:  #177-D: m", "a b.c", 3, 0, LEVEL_WARNING, "#177-D", "m"},
    {"\"C:\\a.c\", line 4 (col. 5): error #20:", "C:\\a.c", 4, 5, LEVEL_ERROR, "#20", ""},
    {"\"C:\\a.c\",12  Error[Pe020]: m", "C:\\a.c", 12, 0, LEVEL_ERROR, "Pe020", "m"},
    {"\"a.c\",12 Fatal Error[Pe1696]: m", "a.c", 12, 0, LEVEL_ERROR, "Pe1696", "m"},
    {"a.cpp, line 89: error #120: m", "a.cpp", 89, 0, LEVEL_ERROR, "#120", "m"},
    {"./a.md:3: teh ==> the", "./a.md", 3, 0, LEVEL_WARNING, "", "teh ==> the"},
    {"A.hs:(12,18)-(14,3): error: m", "A.hs", 12, 18, LEVEL_ERROR, "", "m"},
    {"C:\\A.hs:(2,1)-(4,3): Warning: m", "C:\\A.hs", 2, 1, LEVEL_WARNING, "", "m"},
    {"a.adb:5:04: \"X\" is undefined", "a.adb", 5, 4, LEVEL_ERROR, "", NULL},
    {"a.ads:5:04: (style) bad casing", "a.ads", 5, 4, LEVEL_WARNING, "style", NULL},
    {"a/Dockerfile:6:1 missing whitespace", "a/Dockerfile", 6, 1, LEVEL_ERROR, "", NULL},
    {"/a/b.csproj : error NU1101: m", "/a/b.csproj", 0, 0, LEVEL_ERROR, "NU1101", "m"},
    {"b.obj : warning LNK4099: m", "", 0, 0, LEVEL_WARNING, "LNK4099", "m"},
    {"-- [E007] Type Mismatch Error: a.scala:3:14 -----", "a.scala", 3, 14, LEVEL_ERROR, "E007",
     "Type Mismatch Error"},
    {"[warn] -- Migration Warning: a.scala:3:14 -----", "a.scala", 3, 14, LEVEL_WARNING, "", NULL},
    {"[error] /src/a.scala: File length", "/src/a.scala", 0, 0, LEVEL_ERROR, "", "File length"},
    {"a.d(4): Deprecation: m", "a.d", 4, 0, LEVEL_WARNING, "", "m"},
    {"A.swift:3:1: error: Bad cast (force_cast)", "A.swift", 3, 1, LEVEL_ERROR, "force_cast", NULL},
    {"a.sh:3:6: note: Double quote. [SC2086]", "a.sh", 3, 6, LEVEL_NOTE, "SC2086", NULL},
    {"a.c:4:0: performance: m [id]", "a.c", 4, 0, LEVEL_WARNING, "id", NULL},
    {"a.c:4:0: information: m [id]", "a.c", 4, 0, LEVEL_NOTE, "id", NULL},
    {"a.c:4:0: Error: no such instruction", "a.c", 4, 0, LEVEL_ERROR, "", NULL},
    {"a.rs:2:9: error[E0425]: cannot find", "a.rs", 2, 9, LEVEL_ERROR, "E0425", "cannot find"},
    {"a.js:2:9: error eslint(no-var): m", "a.js", 2, 9, LEVEL_ERROR, "eslint(no-var)", "m"},
    {"a.py:2:9:error(no-eval):eval(1):m", "a.py", 2, 9, LEVEL_ERROR, "no-eval", "eval(1):m"},
    {"a.py:2:9:W:no-eval:m", "a.py", 2, 9, LEVEL_WARNING, "no-eval", "m"},
    {"a.php:2:1: error - Missing comment (PEAR.Commenting.File)", "a.php", 2, 1, LEVEL_ERROR,
     "PEAR.Commenting.File", NULL},
    {"a.py:1:10: E401 multiple imports", "a.py", 1, 10, LEVEL_WARNING, "E401", "multiple imports"},
    {"a.py:1:1: E999 SyntaxError: invalid", "a.py", 1, 1, LEVEL_ERROR, "E999", NULL},
    {"a.py:1:1: SyntaxError: expected", "a.py", 1, 1, LEVEL_ERROR, "SyntaxError", " expected"},
    {"a.py:1: [F401] 'os' imported", "a.py", 1, 0, LEVEL_WARNING, "F401", "'os' imported"},
    {"a.py:5: [invalid-syntax] m", "a.py", 5, 0, LEVEL_ERROR, "invalid-syntax", "m"},
    {"a.py:1:0: C0114: Missing (missing-docstring)", "a.py", 1, 0, LEVEL_NOTE, "C0114", NULL},
    {"a.py:5: [C0103(invalid-name), total] m", "a.py", 5, 0, LEVEL_NOTE, "C0103", "m"},
    {"a.py(5): [F0001(fatal)total] m", "a.py", 5, 0, LEVEL_ERROR, "F0001", "m"},
    {"a.py:5: [(symbol), ] m", "a.py", 5, 0, LEVEL_WARNING, "symbol", NULL},
    {"a.py:5: LOW: B101: m", "a.py", 5, 0, LEVEL_NOTE, "B101", "B101: m"},
    {"a.py:5: B602[bandit]: HIGH: m", "a.py", 5, 0, LEVEL_ERROR, "B602", "m"},
    {"a.py:5:1: 'os' imported but unused", "a.py", 5, 1, LEVEL_WARNING, "", NULL},
    {"a.yml:6:2: [warning] m (comments)", "a.yml", 6, 2, LEVEL_WARNING, "comments", "m (comments)"},
    {"a.yml:8: package-latest Use no latest", "a.yml", 8, 0, LEVEL_WARNING, "package-latest",
     "Use no latest"},
    {"a.yml:8: fqcn[action]: Use FQCN", "a.yml", 8, 0, LEVEL_WARNING, "fqcn[action]", "Use FQCN"},
    {"a.yml:9: [301] m", "a.yml", 9, 0, LEVEL_WARNING, "301", "m"},
    {"a.rb:1:2: C: Style/Cop: m", "a.rb", 1, 2, LEVEL_NOTE, "Style/Cop", NULL},
    {"a.js:2:5: 'x' unused. [Error/no-unused-vars]", "a.js", 2, 5, LEVEL_ERROR, "no-unused-vars",
     NULL},
    {"a.js:2:5: m [Error/@scope/p/rule]", "a.js", 2, 5, LEVEL_ERROR, "@scope/p/rule", NULL},
    {"a.css:1:3: Bad (color-hex-length) [error]", "a.css", 1, 3, LEVEL_ERROR, "color-hex-length",
     NULL},
    {"a.cc:0:  No copyright.  [legal/copyright] [5]", "a.cc", 0, 0, LEVEL_WARNING,
     "legal/copyright", NULL},
    {"a.cc(8): error cpplint: [whitespace/tab] m [1]", "a.cc", 8, 0, LEVEL_ERROR, "whitespace/tab",
     NULL},
    {"ci.yaml:3:5: bad key [syntax-check]", "ci.yaml", 3, 5, LEVEL_WARNING, "syntax-check", NULL},
    {"a.kt:3:5: bad tab (standard:no-tabs)", "a.kt", 3, 5, LEVEL_WARNING, "standard:no-tabs", NULL},
    {"./main.go:12:15: bad call", "./main.go", 12, 15, LEVEL_WARNING, "", "bad call"},
    {"main.go:12: deprecated (SA1019)", "main.go", 12, 0, LEVEL_WARNING, "SA1019", NULL},
    {"t.ts(1,7): error TS2322: m", "t.ts", 1, 7, LEVEL_ERROR, "TS2322", "m"},
    {"a.js(2,1): error : Parsing error", "a.js", 2, 1, LEVEL_ERROR, "", "Parsing error"},
    {"C:\\s\\a.cpp(125) : warning C4706: m", "C:\\s\\a.cpp", 125, 0, LEVEL_WARNING, "C4706", "m"},
    {"t.ts:1:7 - error TS2322: m", "t.ts", 1, 7, LEVEL_ERROR, "TS2322", "m"},
    {"  /b/a.py:8:12 - error: m (reportUndefined-x)", "/b/a.py", 8, 12, LEVEL_ERROR,
     "reportUndefined-x", NULL},
    {"Dockerfile:3 DL3008 warning: Pin", "Dockerfile", 3, 0, LEVEL_WARNING, "DL3008", "Pin"},
    {"Dockerfile:3 DL3059 style: m", "Dockerfile", 3, 0, LEVEL_NOTE, "DL3059", "m"},
    {"hadolint:Dockerfile:3: DL3008 info: m", "Dockerfile", 3, 0, LEVEL_NOTE, "DL3008", "m"},
    {"R.md:3:81 error MD013/line-length m", "R.md", 3, 81, LEVEL_ERROR, "MD013", "m"},
    {"a.js: line 2, col 5, Warning - m (semi)", "a.js", 2, 5, LEVEL_WARNING, "semi", "m (semi)"},
    {"file:///b/a.ts: line 1, col 7 - m (x)", "file:///b/a.ts", 1, 7, LEVEL_WARNING, "x", NULL},
    {"a.c +12: error: m", "a.c", 12, 0, LEVEL_ERROR, "", "m"},
    {"[a.c:12]: (error) m", "a.c", 12, 0, LEVEL_ERROR, "", "m"},
    {"[a.c:1] -> [b.c:2]: (style, inconclusive) m", "a.c", 1, 0, LEVEL_WARNING, "", "m"},
    {"[odd]: (debug) m", "odd", 0, 0, LEVEL_NOTE, "", "m"},
    {": (information) m", "", 0, 0, LEVEL_NOTE, "", "m"},
    {"cc1plus: error: m [-Wx]", "", 0, 0, LEVEL_ERROR, "-Wx", NULL},
    {"/usr/bin/arm-none-eabi-gcc-12.exe: fatal error: m", "", 0, 0, LEVEL_ERROR, "", "m"},
    {"a.py: error: Duplicate module", "a.py", 0, 0, LEVEL_ERROR, "", "Duplicate module"},
    {"::error file=a.c,line=3,col=4,title=R::m: n", "a.c", 3, 4, LEVEL_ERROR, "R", "m: n"},
    {"::notice::m", "", 0, 0, LEVEL_NOTE, "", "m"},
    {"##vso[task.logissue type=warning;sourcepath=a.c;linenumber=3;columnnumber=4;code=X;]m", "a.c",
     3, 4, LEVEL_WARNING, "X", "m"},
    {"##[error]a.ts(6,7): error TS1: m", "a.ts", 6, 7, LEVEL_ERROR, "TS1", "m"},
    {"[exec] [x] a.c:1:2: error: m", "a.c", 1, 2, LEVEL_ERROR, "", "m"},
    {"C/C++: a.c:1:2: error: m", "a.c", 1, 2, LEVEL_ERROR, "", "m"},
    {"fo:oo.cpp:8: error: m", "fo:oo.cpp", 8, 0, LEVEL_ERROR, "", "m"},
    {"a.y:3.1-4.5: error: m", "a.y", 3, 1, LEVEL_ERROR, "", "m"},
    {"a.py:3:5:3:9: error: m  [name]", "a.py", 3, 5, LEVEL_ERROR, "name", NULL},
    {"a.c:7:1:{7:1-7:3}{8:1-8:2}: error: m", "a.c", 7, 1, LEVEL_ERROR, "", "m"},
    {"a.c:99999999999999999999999:1: error: m", "a.c", UINT64_MAX, 1, LEVEL_ERROR, "", "m"},
};

static void every_shape_is_taken_apart(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof(shapes) / sizeof(shapes[0]); index++) {
        const struct shape *shape = &shapes[index];
        struct finding_in found = {0};
        print_message("%s\n", shape->text);
        assert_int_equal(lint_line_read(span_of(shape->text), &found), LINT_LINE_FINDING);
        check_span(found.path, shape->path);
        assert_true(found.line == shape->line);
        assert_true(found.column == shape->column);
        assert_int_equal(found.level, shape->level);
        check_span(found.rule, shape->rule);
        if (shape->message != NULL) {
            check_span(span_trim(found.message), span_of(shape->message).data[0] == ' '
                                                     ? shape->message + 1
                                                     : shape->message);
        }
    }
}

static void lines_that_belong_to_others_are_notes(void **state)
{
    static const char *const notes[] = {
        "a.c:2:1: note: declared here", "a.c:2:1: remark: vectorized",
        "a.py:1: note: see this",       "a.rb:3:5: C: [Corrected] Layout/X: m",
        "a.c: In function 'main':",     "a.py: note: In member \"open\":",
    };
    (void)state;
    for (size_t index = 0; index < sizeof(notes) / sizeof(notes[0]); index++) {
        struct finding_in found;
        print_message("%s\n", notes[index]);
        assert_int_equal(lint_line_read(span_of(notes[index]), &found), LINT_LINE_NOTE);
    }
}

static void other_lines_are_left_alone(void **state)
{
    static const char *const others[] = {
        "",
        ":",
        ":1: error: no path",
        "a.c:",
        "a.c:12",
        "a.c:12:",
        "a.c:12: ",
        "a.c:12:3: file.h: No such file or directory",
        "a.cpp:20:2: invalid preprocessing directive #include",
        "make: *** [all] Error 1",
        "ld: error: cannot open",
        "collect2: error: ld returned 1 exit status",
        "clang: error: linker command failed with exit code 1",
        "CMake Warning at CMakeLists.txt:12 (message):",
        "warnings.cc:9:   instantiated from 'void out(T) [with T = Test]'",
        "    gate_test.go:12: got 3",
        "a b.go:12: a log",
        "a.py:12: UserWarning: no column",
        "12: error: a number is no path",
        "10:15:30: error: nor is a time",
        "http://host:80: error: nor is a URL",
        "# a.c:1:2: error: nor is a comment",
        "1>a.cpp(3): warning C4100: the number is taken off before",
        "b.obj : error LNK2019: a program's error",
        "\"a.c\", line x: warning: no number",
        "\"a.c\", line 3 warning: no colon",
        "\"a.c\",warning: no number",
        "\"a.c\",3: no severity",
        "\"a.c\": a name",
        "\"no end, line 3: here",
        "in a.c, line 3: a blank",
        "the gate : warning C4100: a blank in the name of a program",
        "gate : warning of something",
        "Dockerfile:6 no column",
        "gate.scala:3:14 -- -- Error: a.scala:3:14",
        "-- Found Error: a.scala",
        "-- Found Error: a.c:3:4",
        "a.cpp(): error: no number",
        "(3): error: no path",
        "a.js: line x, col 1, Error - m",
        "a.js: line 1 of 2",
        "a.c:12 lower text",
        "a.c:1:2 - nothing",
        "::debug::m",
        "::error no end",
        "##vso[task.complete]x",
        "##vso[task.logissue no end",
        "##[open",
        "(odd) m",
        "(error)m",
        "[a.c:1]: (odd) m",
        "Gate::open: error",
        "a +: error: m",
    };
    (void)state;
    for (size_t index = 0; index < sizeof(others) / sizeof(others[0]); index++) {
        struct finding_in found;
        print_message("%s\n", others[index]);
        assert_int_equal(lint_line_read(span_of(others[index]), &found), LINT_LINE_OTHER);
    }
}

static void the_quick_way_agrees(void **state)
{
    static const char *const more[] = {
        "src/a.c:1:2: warning: a message that is long enough for the quick way",
        "src/a.c:123456789:2: warning: a message that is long enough for it",
        "src/a.c:12345678:12345678: error: a message that is long enough [-Wx]",
        "src/a.c:12: error: a message that is long enough for the quick way [-Wx,y]",
        "src/a.c:12: note: a message that is long enough for the quick way",
        "src/a.c:12: note: a message that may be of shellcheck [SC2086] [SC1]",
        "src/a.c:12: error: a message that is long enough for the quick way [5]",
        "src/a.c:12: error: a message that is long enough for the quick (way)",
        "src/a.c:12: error: Xmessage that is long enough for the quick way",
        "src/a.c:12: error: [check] is long enough for the quick way to be taken",
        "src/a.c:12: errors: a message that is long enough for the quick way",
        "src/a.c: In function 'a name that is long enough for the quick way':",
        "src/a.c:x: error: a message that is long enough for the quick way",
        "src /a.c:1: error: a message that is long enough for the quick way",
        "src/a.c:1:2: error: a message that is long enough []",
        "src/a.c:1:2:3: error: a message that is long enough for the quick way",
        "src/a.c:1:2: error: message, with a comma [a-rule.of-twenty-five]",
        "src/a.c:1:2: error: message, with a comma [a-rule.longer-than-thirty-two-bytes]",
        "src/a.c:1:2: error: message with, comma [a-rule,longer-than-thirty-two-bytes]",
        "source/a_path_of_34_bytes/in_all.c:1:2: error: a message that is long enough",
        "bource/a_path_of_34_bytes/in_all.c:1:2: error: differs in the first byte",
        "source/a_path_of_34_bytes/in_all.h:1:2: error: differs in the last byte",
        "source/a_path_of_34_bytes/in_all.cc:1:2: error: is longer by one byte",
    };
    const struct name *last[3] = {NULL};
    struct run run;
    struct sink sink;
    size_t taken = 0;
    (void)state;
    run_init(&run);
    struct report *report = report_open(&run.names, SPAN("report"));
    sink_init(&sink, report, &run.names);
    last[1] = names_add(&run.names, SPAN("src/a.c"));
    last[2] = names_add(&run.names, SPAN("source/a_path_of_34_bytes/in_all.c"));
    for (size_t index = 0; index < sizeof(more) / sizeof(more[0]); index++) {
        for (unsigned known = 0; known < 3; known++) {
            struct span text = span_of(more[index]);
            struct finding_in quick;
            struct finding_in full = {0};
            print_message("%s\n", more[index]);
            sink.last_path = last[known];
            enum lint_line_kind kind = lint_quick_read(text, &sink, &quick);
            if (kind == LINT_LINE_OTHER) {
                continue;
            }
            taken++;
            assert_int_equal(kind, lint_line_read(text, &full));
            if (kind == LINT_LINE_FINDING) {
                assert_true(span_equal(quick.path, full.path));
                assert_true(span_equal(quick.rule, full.rule));
                assert_true(span_equal(quick.message, full.message));
                assert_true(quick.line == full.line && quick.column == full.column);
                assert_int_equal(quick.level, full.level);
            }
        }
    }
    assert_int_equal(taken, 27);
    sink_close(&sink);
    report_close(report);
    run_release(&run);
}

static void time_stamps_are_taken_off(void **state)
{
    static const char *const stamps[][2] = {
        {"2024-05-01T10:00:00.1234567Z a", "a"},
        {"2024-05-01T10:00:00Z   a", "  a"},
        {"[2019-06-03T11:15:11.970Z] a", "a"},
        {"2024-05-01 10:00:00,123 a", "a"},
        {"2024-05-01T10:00:00+02:00 a", "a"},
        {"2024-05-01T10:00:00-0200 a", "a"},
        {"2024-05-01T10:00:00.123456Z 01O a", "a"},
        {"2024-05-01T10:00:00.123456Z 00E+a", "a"},
        {"14:57:52 a", "a"},
        {"[14:57:52] a", "a"},
        {"14:57:5 a", "14:57:5 a"},
        {"14:57:52a", "14:57:52a"},
        {"[12/20] a", "[12/20] a"},
        {"2024-05-01", "2024-05-01"},
        {"a", "a"},
        {"", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(stamps) / sizeof(stamps[0]); index++) {
        check_span(lint_stamp_skip(span_of(stamps[index][0])), stamps[index][1]);
    }
}

static void numbers_of_projects_are_taken_off(void **state)
{
    static const char *const numbers[][2] = {
        {"1>a", "a"},     {"     12>a", "a"}, {"  1:7>  a", "  a"}, {"1> a", " a"},
        {"1:>a", "1:>a"}, {">a", ">a"},       {"1a>", "1a>"},       {"", ""}};
    (void)state;
    for (size_t index = 0; index < sizeof(numbers) / sizeof(numbers[0]); index++) {
        struct span text = span_of(numbers[index][0]);
        bool changed = strcmp(numbers[index][0], numbers[index][1]) != 0;
        assert_int_equal(lint_stamp_skip_number(&text), changed);
        check_span(text, numbers[index][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_taken_apart),
        cmocka_unit_test(lines_that_belong_to_others_are_notes),
        cmocka_unit_test(other_lines_are_left_alone),
        cmocka_unit_test(the_quick_way_agrees),
        cmocka_unit_test(time_stamps_are_taken_off),
        cmocka_unit_test(numbers_of_projects_are_taken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
