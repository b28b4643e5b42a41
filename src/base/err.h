/* What a function that touches the outside may return. The detail is in a fault or a diagnostic. */
#ifndef TIDEGATE_BASE_ERR_H
#define TIDEGATE_BASE_ERR_H

enum err {
    ERR_NONE,
    ERR_USAGE,    /* the command line is wrong */
    ERR_POLICY,   /* the policy file is wrong */
    ERR_READ,     /* a file cannot be read */
    ERR_WRITE,    /* a file or ref cannot be written */
    ERR_FORMAT,   /* content is not what it should be: refused as a whole */
    ERR_MISSING,  /* what was asked for is not there */
    ERR_CONFLICT, /* somebody else was faster: read again and retry */
    /* Somebody else was faster, and what was to be written rests on what was there before. */
    ERR_OUTDATED,
    ERR_UNUSABLE /* it is there but cannot be used: damaged, newer, foreign */
};

#endif
