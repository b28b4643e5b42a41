/* The open class of a Cobertura report and the open method in it: whose lines, branches and
 * functions are taken. */
#ifndef TIDEGATE_COLLECTORS_COBERTURA_CLASS_H
#define TIDEGATE_COLLECTORS_COBERTURA_CLASS_H

#include "base/buf.h"
#include "base/xml_read.h"
#include "model/sink.h"

/* Life cycle: cobertura_class_init, the events of the document as they come,
 * cobertura_class_release. The same struct serves one class after another; a class within a class
 * is none. */
struct cobertura_class {
    struct sink *sink;
    unsigned depth;         /* of the open class; 0 if none */
    bool has_lines;         /* of its own, outside its methods */
    struct arena arena;     /* holds `aside` */
    struct coverage *aside; /* lines of its methods, until it is known whether they count */
    bool aside_dropped;     /* something of them was not taken */
    unsigned method_depth;  /* of the open method; 0 if none */
    bool method_has_lines, method_hit;
    bool method_says_hit; /* by an attribute */
    struct buf function;  /* class name, method name and signature, each with a NUL behind it */
    size_t name_size;     /* of the class name in it */
};

void cobertura_class_init(struct cobertura_class *open, struct sink *sink);
void cobertura_class_release(struct cobertura_class *open);

/* The start of a `class`, unless one is open. */
void cobertura_class_open(struct cobertura_class *open, const struct xml_element *element);
/* The start of a `method`; taken if a class is open and no method. */
void cobertura_class_method(struct cobertura_class *open, const struct xml_element *element);
/* A `line` in the open class. */
void cobertura_class_line(struct cobertura_class *open, const struct xml_element *element);
/* The end of whatever element stands at `depth`: closes the method or the class that does. */
void cobertura_class_end(struct cobertura_class *open, unsigned depth);

#endif
