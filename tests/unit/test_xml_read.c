/* XML as events: what is handed on, what is refused and where, and what a hostile document may
 * cost. */
#include "check.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/xml_read.h"

enum word { ROOT, ITEM, NAME };
static const char *const words[] = {"root", "item", "name", NULL};

/* One reading: the events as text, and how it ended. */
struct reading {
    struct buf events; /* "<root:1 name=x" for each start, "(text)", ">" for each end */
    bool stop;
    enum err err;
    struct fault fault;
    struct xml_notes notes;
};

static void on_start(void *self, const struct xml_element *element)
{
    struct reading *reading = self;
    struct span name = xml_attribute(element, NAME);
    buf_add_format(&reading->events, "<%s:%llu", element->name, (unsigned long long)element->line);
    if (name.data != NULL) {
        buf_add_format(&reading->events, " name=%.*s", SPAN_ARG(name));
    }
    assert_true(element->word >= -1 && element->word <= NAME);
    reading->stop = element->word == ITEM && span_is(name, "stop");
}

static void on_text(void *self, struct span text)
{
    struct reading *reading = self;
    buf_add(&reading->events, text);
}

static void on_end(void *self, int word)
{
    struct reading *reading = self;
    buf_add_text(&reading->events, word == ITEM ? "/item>" : "/>");
}

static void read_with(struct reading *reading, struct span document, bool plain_entities)
{
    const struct xml_handler handler = {.words = words,
                                        .start = on_start,
                                        .text = on_text,
                                        .end = on_end,
                                        .stop = &reading->stop,
                                        .plain_entities = plain_entities};
    struct input *input = input_open_memory(document);
    *reading = (struct reading){.stop = false};
    buf_init(&reading->events);
    reading->err = xml_read(input, &handler, reading, &reading->notes);
    reading->fault = *input_fault(input);
    input_close(input);
}

static void expect_events(struct span document, const char *events)
{
    struct reading reading;
    read_with(&reading, document, true);
    assert_string_equal(reading.fault.text, "");
    assert_int_equal(reading.err, ERR_NONE);
    assert_string_equal(buf_text(&reading.events), events);
    buf_release(&reading.events);
}

static void expect_fault(struct span document, enum fault_kind kind, uint64_t line)
{
    struct reading reading;
    read_with(&reading, document, true);
    if (reading.fault.kind != kind || reading.fault.line != line) {
        print_message("%.*s\n", SPAN_ARG(span_until(document, 200)));
        print_message("%llu: %s\n", (unsigned long long)reading.fault.line, reading.fault.text);
    }
    assert_int_equal(reading.fault.kind, kind);
    assert_int_equal(reading.fault.line, line);
    assert_int_equal(reading.err, ERR_FORMAT);
    assert_true(reading.fault.text[0] != '\0');
    buf_release(&reading.events);
}

/* ---- what is handed on ---- */

static void elements_text_and_attributes(void **state)
{
    (void)state;
    expect_events(SPAN("<root name='a &amp; &lt;b&gt; &#65;'>\n<item/>t &amp; u</root>"),
                  "<root:1 name=a & <b> A\n<item:2/item>t & u/>");
    expect_events(SPAN("<root><![CDATA[<item/> & ]] >]]><!-- <item/> --><?pi <item/>?></root>"),
                  "<root:1<item/> & ]] >/>");
    expect_events(SPAN("<other><strange name=\"\"/></other>"), "<other:1<strange:1 name=/>/>");
    expect_events(SPAN("\xEF\xBB\xBF<root/>"), "<root:1/>");
    expect_events(SPAN("<?xml version=\"1.1\"?>\r\n<root>a\r\nb\rc</root>"), "<root:2a\nb\nc/>");
}

static void names_are_local(void **state)
{
    (void)state;
    expect_events(
        SPAN("<x:root xmlns:x='urn:x' x:name='no'><x:item name='yes' x:name='no'/></x:root>"),
        "<root:1<item:1 name=yes/item>/>");
    expect_events(SPAN("<root xmlns='not a uri'/>"), "<root:1/>");
}

static void nothing_outside_is_loaded(void **state)
{
    (void)state;
    expect_events(SPAN("<!DOCTYPE root SYSTEM 'file:///etc/hostname'><root/>"), "<root:1/>");
    expect_events(SPAN("<!DOCTYPE root PUBLIC 'p' 'r.dtd' [<!ELEMENT root EMPTY>"
                       "<!ATTLIST root name CDATA #IMPLIED kind (a|b) #REQUIRED>]><root/>"),
                  "<root:1/>");
}

static void encodings(void **state)
{
    (void)state;
    expect_events(SPAN("<?xml version='1.0' encoding='iso-8859-1'?><root>\xE9\x80</root>"),
                  "<root:1\xC3\xA9\xC2\x80/>");
    expect_events(SPAN("<?xml version='1.0' encoding = \"Windows-1252\" ?><root>\x80\xFC</root>"),
                  "<root:1\xE2\x82\xAC\xC3\xBC/>");
    expect_events(SPAN("<?xml version='1.0' encoding='US-ASCII'?><root>a</root>"), "<root:1a/>");
    expect_events(SPAN("\xFF\xFE<\0r\0o\0o\0t\0/\0>\0"), "<root:1/>");
    expect_fault(SPAN("<?xml version='1.0' encoding='US-ASCII'?>\n<root>\xC3\xA9</root>"),
                 FAULT_ENCODING, 2);
    expect_fault(SPAN("<?xml version='1.0' encoding='UTF-16'?><root/>"), FAULT_ENCODING, 1);
    expect_fault(SPAN("<?xml version='1.0' encoding='EBCDIC-US'?><root/>"), FAULT_ENCODING, 1);
    expect_fault(SPAN("<\0?\0x\0m\0l\0"), FAULT_ENCODING, 1);
    expect_fault(SPAN("<root>\n\xE9t\xE9</root>"), FAULT_ENCODING, 2);
    expect_fault(SPAN("<root>\xC0\xAF</root>"), FAULT_ENCODING, 1);
    expect_fault(SPAN("<root>\n\xE2\x82"), FAULT_ENCODING, 2);
}

static void forbidden_characters(void **state)
{
    struct reading reading;
    (void)state;
    read_with(&reading, SPAN("<root>\n\x1B[1m\0\x01<!-- \x02 -->\xEF\xBF\xBE</root>"), false);
    assert_int_equal(reading.err, ERR_NONE);
    assert_int_equal(reading.notes.replaced, 5);
    assert_int_equal(reading.notes.replaced_line, 2);
    assert_int_equal(reading.notes.line, 2);
    assert_string_equal(buf_text(&reading.events),
                        "<root:1\n\xEF\xBF\xBD[1m\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD/>");
    buf_release(&reading.events);
    expect_events(SPAN("<root name='\xEF\xBF\xBD'/>"), "<root:1 name=\xEF\xBF\xBD/>");
    expect_fault(SPAN("<root>\n<item name='a\x1B'/></root>"), FAULT_CONTROL, 2);
    expect_fault(SPAN("<root>\n<item\x01/></root>"), FAULT_CONTROL, 2);
    expect_fault(SPAN("<root>\n<item na\x01='a'/></root>"), FAULT_CONTROL, 2);
    expect_fault(SPAN("<root/>\n\0\0\0\0"), FAULT_CONTROL, 2);
    expect_fault(SPAN("<root>\n<item name='&#x1b;'/></root>"), FAULT_CONTROL, 2);
    read_with(&reading, SPAN("<root>a\n&#27;[0m&#xFFFF;&#0;<item/></root>"), false);
    assert_int_equal(reading.err, ERR_NONE);
    assert_int_equal(reading.notes.replaced, 3);
    assert_int_equal(reading.notes.replaced_line, 2);
    assert_string_equal(buf_text(&reading.events),
                        "<root:1a\n\xEF\xBF\xBD[0m\xEF\xBF\xBD\xEF\xBF\xBD<item:2/item>/>");
    buf_release(&reading.events);
    expect_fault(SPAN("<root>&#27;\n<item></root>"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("<root>&#27;\n<item name='&#27;'/></root>"), FAULT_CONTROL, 2);
    expect_fault(SPAN("<root>&#27;\n"), FAULT_TRUNCATED, 2);
}

/* ---- what is refused ---- */

static void documents_that_are_not_well_formed(void **state)
{
    (void)state;
    expect_fault(SPAN("<root>\n</item>"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("<root/>\n<root/>"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("<root/>\ntext"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("\n<?xml version='1.0'?><root/>"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("log\n<root/>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("{\"a\": 1}"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<root>\na & b</root>\n"), FAULT_SYNTAX, 2);
    expect_fault(SPAN("<root>a &amp b</root>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<root name='<'/>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<root>]]></root>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<root>&nbsp;</root>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<!DOCTYPE root SYSTEM 'r.dtd'><root>&nbsp;</root>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<x:root/>"), FAULT_SYNTAX, 1);
    expect_fault(SPAN("<root name='a'\nname='b'/>"), FAULT_DUPLICATE, 2);
}

static void documents_that_end_early(void **state)
{
    (void)state;
    expect_fault(SPAN(""), FAULT_EMPTY, 1);
    expect_fault(SPAN(" \n\t\r\n"), FAULT_EMPTY, 1);
    expect_fault(SPAN("<?xml version='1.0'?>\n"), FAULT_TRUNCATED, 2);
    expect_fault(SPAN("<root>\n<item/>\n"), FAULT_TRUNCATED, 3);
    expect_fault(SPAN("<root>\n<item na"), FAULT_TRUNCATED, 2);
    expect_fault(SPAN("<root>\n<![CDATA[a\nb]]"), FAULT_TRUNCATED, 3);
    expect_fault(SPAN("<root>\n<!-- a\n"), FAULT_TRUNCATED, 3);
    expect_fault(SPAN("<root>a"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<root>a &am"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<root name='"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<root name='a'"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<root><?pi"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<"), FAULT_TRUNCATED, 1);
    expect_fault(SPAN("<!DOCTYPE root ["), FAULT_TRUNCATED, 1);
}

static void declarations_that_are_refused(void **state)
{
    (void)state;
    expect_fault(SPAN("<!DOCTYPE r [\n<!ENTITY a SYSTEM 'file:///etc/hostname'>]><root>&a;</root>"),
                 FAULT_ENTITY, 2);
    expect_fault(SPAN("<!DOCTYPE r [\n<!ENTITY % a 'b'>]><root/>"), FAULT_ENTITY, 2);
    expect_fault(SPAN("<!DOCTYPE r [\n<!ENTITY a 'x'>\n<!ENTITY b '&a;'>]><root/>"), FAULT_ENTITY,
                 2);
    expect_fault(SPAN("<!DOCTYPE r [<!ENTITY a '&#60;item/>'>]><root>&a;</root>"), FAULT_ENTITY, 1);
    expect_fault(
        SPAN("<!DOCTYPE r [<!NOTATION n SYSTEM 'n'><!ENTITY a SYSTEM 'a' NDATA n>]><root/>"),
        FAULT_ENTITY, 1);
    expect_fault(SPAN("<!DOCTYPE r [<!ENTITY a 'ten bytes, ten bytes, ten bytes, ten bytes, "
                      "ten bytes, ten bytes.'>]><root/>"),
                 FAULT_ENTITY, 1);
    expect_fault(SPAN("<!DOCTYPE root [\n\n<!ATTLIST root name CDATA 'x'>]><root/>"), FAULT_ENTITY,
                 3);
    expect_fault(SPAN("<!DOCTYPE root [<!ATTLIST root name (x|y) #FIXED 'x'>]><root/>"),
                 FAULT_ENTITY, 1);
}

static void plain_entities_are_an_option(void **state)
{
    struct reading reading;
    struct span document = SPAN("<!DOCTYPE r [<!ENTITY a 'x'>]><root name='1&a;2'>3&a;4</root>");
    (void)state;
    expect_events(document, "<root:1 name=1x23x4/>");
    read_with(&reading, document, false);
    assert_int_equal(reading.fault.kind, FAULT_ENTITY);
    buf_release(&reading.events);
}

static void plain_entities_cannot_be_many(void **state)
{
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<!DOCTYPE r [");
    for (unsigned index = 0; index < 9; index++) {
        buf_add_format(&document, "<!ENTITY a%u 'x'>", index);
    }
    buf_add_text(&document, "]><root/>");
    expect_fault(buf_span(&document), FAULT_ENTITY, 1);
    buf_clear(&document);
    buf_add_text(&document, "<!DOCTYPE r [<!ENTITY a 'x'>]><root>");
    for (unsigned index = 0; index < 10001; index++) {
        buf_add_text(&document, "&a;");
    }
    buf_add_text(&document, "</root>");
    expect_fault(buf_span(&document), FAULT_ENTITY, 1);
    buf_release(&document);
}

/* ---- sizes ---- */

static void add_many(struct buf *out, const char *text, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        buf_add_text(out, text);
    }
}

static void depth_is_limited(void **state)
{
    struct reading reading;
    struct buf document;
    (void)state;
    buf_init(&document);
    add_many(&document, "<a>", (size_t)LIMIT_XML_DEPTH);
    add_many(&document, "</a>", (size_t)LIMIT_XML_DEPTH);
    read_with(&reading, buf_span(&document), false);
    assert_int_equal(reading.err, ERR_NONE);
    buf_release(&reading.events);
    buf_clear(&document);
    add_many(&document, "\n<a>", 100000);
    expect_fault(buf_span(&document), FAULT_LIMIT, LIMIT_XML_DEPTH + 2);
    buf_release(&document);
}

static void add_attributes(struct buf *out, size_t count)
{
    buf_add_text(out, "<root");
    for (size_t index = 0; index < count; index++) {
        buf_add_format(out, " a%zu='='", index);
    }
    buf_add_text(out, "/>");
}

static void attributes_are_limited(void **state)
{
    struct reading reading;
    struct buf document;
    (void)state;
    buf_init(&document);
    add_attributes(&document, (size_t)LIMIT_XML_ATTRIBUTES);
    read_with(&reading, buf_span(&document), false);
    assert_int_equal(reading.err, ERR_NONE);
    buf_release(&reading.events);
    buf_clear(&document);
    add_attributes(&document, (size_t)LIMIT_XML_ATTRIBUTES + 1);
    expect_fault(buf_span(&document), FAULT_LIMIT, 1);
    buf_clear(&document);
    add_attributes(&document, 300000); /* quadratic if libxml2 ever saw the end of the tag */
    expect_fault(buf_span(&document), FAULT_LIMIT, 1);
    buf_release(&document);
}

static void names_are_limited(void **state)
{
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<root>");
    for (size_t index = 0; index < 50000; index++) {
        buf_add_format(&document, "<a%zu/>", index);
    }
    buf_add_text(&document, "</root>");
    expect_fault(buf_span(&document), FAULT_LIMIT, 1);
    buf_release(&document);
}

static void large_tokens(void **state)
{
    struct reading reading;
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<root name='");
    buf_add_repeat(&document, '=', 3000000);
    buf_add_text(&document, "'/>");
    read_with(&reading, buf_span(&document), false);
    assert_int_equal(reading.err, ERR_NONE);
    assert_int_equal(reading.events.size, strlen("<root:1 name=/>") + 3000000);
    buf_release(&reading.events);
    buf_clear(&document);
    buf_add_text(&document, "<root><!--");
    buf_add_repeat(&document, 'x', 3 * (size_t)LIMIT_XML_TOKEN);
    expect_fault(buf_span(&document), FAULT_LIMIT, 1);
    buf_release(&document);
}

static void an_ampersand_alone_is_found_early(void **state)
{
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<root>\nfish & ");
    buf_add_repeat(&document, 'c', 1000000);
    buf_add_text(&document, "</root>");
    expect_fault(buf_span(&document), FAULT_SYNTAX, 2);
    buf_release(&document);
}

/* Every construct that can lie across two pieces, at every place around the border. */
static void pieces_do_not_show(void **state)
{
    static const char tail[] = "<![CDATA[]]]]><![CDATA[>x\xE2\x82\xAC]]]>y<![CDATA[\n]]]]]>]]&gt;"
                               "<!-- <![CDATA[ --><item name='\xC3\xA9'/>\r\n<![CDATA[]]></root>";
    static const char events[] = "]]>x\xE2\x82\xAC]y\n]]]]]>";
    struct buf document;
    struct buf expected;
    (void)state;
    buf_init(&document);
    buf_init(&expected);
    for (size_t size = 65536 - sizeof(tail) - 8; size < 65536 + 2; size++) {
        buf_clear(&document);
        buf_clear(&expected);
        buf_add_text(&document, "<root>");
        buf_add_repeat(&document, 'p', size - 6);
        buf_add_text(&document, tail);
        buf_add_text(&expected, "<root:1");
        buf_add_repeat(&expected, 'p', size - 6);
        buf_add_text(&expected, events);
        buf_add_text(&expected, "<item:2 name=\xC3\xA9/item>\n/>");
        expect_events(buf_span(&document), buf_text(&expected));
    }
    buf_release(&document);
    buf_release(&expected);
}

static void long_sections(void **state)
{
    struct reading reading;
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<root><![CDATA[");
    add_many(&document, "a line of a log ]] > ]\n", 100000);
    buf_add_repeat(&document, ']', 200000);
    buf_add_text(&document, "]]>\n<item/></root>");
    read_with(&reading, buf_span(&document), false);
    assert_int_equal(reading.err, ERR_NONE);
    assert_int_equal(reading.events.size, 100000 * strlen("a line of a log ]] > ]\n") + 200000 +
                                              strlen("<root:1\n<item:100002/item>/>"));
    assert_true(span_ends(buf_span(&reading.events), "]\n<item:100002/item>/>"));
    buf_release(&reading.events);
    buf_release(&document);
}

static void lines_are_counted_far(void **state)
{
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<root>");
    buf_add_repeat(&document, '\n', 70000);
    buf_add_text(&document, "<![CDATA[\n\n]]>\n<item name=5/></root>");
    expect_fault(buf_span(&document), FAULT_SYNTAX, 70004);
    buf_release(&document);
}

static void the_caller_can_stop(void **state)
{
    struct reading reading;
    (void)state;
    read_with(&reading, SPAN("<root><item name='go'/><item name='stop'/><item/></wrong>"), false);
    assert_int_equal(reading.err, ERR_FORMAT);
    assert_int_equal(reading.fault.kind, FAULT_NONE);
    assert_string_equal(buf_text(&reading.events), "<root:1<item:1 name=go/item><item:1 name=stop");
    buf_release(&reading.events);
}

static void a_fault_of_the_input_stays(void **state)
{
    struct reading reading;
    (void)state;
    read_with(&reading, SPAN("PK\x03\x04 and more"), false);
    assert_int_equal(reading.err, ERR_FORMAT);
    assert_int_equal(reading.fault.kind, FAULT_COMPRESSED);
    buf_release(&reading.events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_text_and_attributes),
        cmocka_unit_test(names_are_local),
        cmocka_unit_test(nothing_outside_is_loaded),
        cmocka_unit_test(encodings),
        cmocka_unit_test(forbidden_characters),
        cmocka_unit_test(documents_that_are_not_well_formed),
        cmocka_unit_test(documents_that_end_early),
        cmocka_unit_test(declarations_that_are_refused),
        cmocka_unit_test(plain_entities_are_an_option),
        cmocka_unit_test(plain_entities_cannot_be_many),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(attributes_are_limited),
        cmocka_unit_test(names_are_limited),
        cmocka_unit_test(large_tokens),
        cmocka_unit_test(an_ampersand_alone_is_found_early),
        cmocka_unit_test(pieces_do_not_show),
        cmocka_unit_test(long_sections),
        cmocka_unit_test(lines_are_counted_far),
        cmocka_unit_test(the_caller_can_stop),
        cmocka_unit_test(a_fault_of_the_input_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
