/* Stands between a program and the C library: counts the calls that reach below one folder, and has one of them
 * fail, or the process die in it. Loaded with LD_PRELOAD; nothing is counted before `faulty_arm`.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { DESCRIPTORS = 4096 };

static char folder[PATH_MAX];
static size_t folder_length;
static char names[DESCRIPTORS][256]; /* what an open descriptor leads to, below the folder */
static long counted, wanted;
static int error_wanted; /* an errno; 0 has the process die */
static int lasting;      /* from the call on, whatever takes room on the disk fails */
static int account = -1;

/* The C library's own. */
#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) _exit(120);
    return found;
}

/* Count from now on: the call of this number fails. Each call is told to a descriptor, in a line. */
void faulty_arm(const char *below, long number, int error, int lasts, int told_to) {
    snprintf(folder, sizeof folder, "%s", below);
    folder_length = strlen(folder);
    counted = 0;
    wanted = number;
    error_wanted = error;
    lasting = lasts;
    account = told_to;
}

/* What a path is below the folder, else null. */
static const char *inside(int at, const char *path, char *whole) {
    if (!folder_length || !path) return NULL;
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else if (at == AT_FDCWD) {
        if (!getcwd(whole, PATH_MAX)) return NULL;
        size_t length = strlen(whole);
        snprintf(whole + length, PATH_MAX - length, "/%s", path);
    } else {
        if (at < 0 || at >= DESCRIPTORS || !names[at][0]) return NULL;
        snprintf(whole, PATH_MAX, "%s/%s/%s", folder, names[at], path);
    }
    if (strncmp(whole, folder, folder_length)) return NULL;
    if (!whole[folder_length]) return ".";
    return whole[folder_length] == '/' ? whole + folder_length + 1 : NULL;
}

static const char *name_of(int descriptor) {
    int known = descriptor >= 0 && descriptor < DESCRIPTORS && names[descriptor][0];
    return folder_length && known ? names[descriptor] : NULL;
}

static int known_as(int descriptor, const char *name) {
    if (descriptor >= 0 && descriptor < DESCRIPTORS)
        snprintf(names[descriptor], sizeof names[0], "%s", name ? name : "");
    return descriptor;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether a call shall fail (with errno set), or end the process; `name` is null where it reaches elsewhere. */
enum outcome { GOES_ON, FAILS, ENDS };
static enum outcome met(const char *call, const char *name, int takes_room) {
    if (!name) return GOES_ON;
    int now = ++counted == wanted;
    char line[512];
    int length = snprintf(line, sizeof line, "%s%s %.400s\n", now ? "!" : "", call, name);
    if (length > 0) (void)!REAL(write)(account, line, (size_t)length);
    if (!now && !(lasting && takes_room && wanted && counted > wanted)) return GOES_ON;
    if (!error_wanted) return ENDS;
    errno = error_wanted;
    return FAILS;
}

#define MEET(call, name, takes_room, failed)                \
    switch (met(call, name, takes_room)) {                  \
        case ENDS: die(); /* fall through */                \
        case FAILS: return failed;                          \
        default: break;                                     \
    }

#define AT_A_PATH(result, function, parameters, arguments, at, path, call, takes_room, failed) \
    result function parameters {                                                               \
        char whole[PATH_MAX];                                                                  \
        MEET(call, inside(at, path, whole), takes_room, failed)                                \
        return REAL(function) arguments;                                                       \
    }

#define AT_A_DESCRIPTOR(function, parameters, arguments, call, takes_room) \
    int function parameters {                                              \
        MEET(call, name_of(one), takes_room, -1)                           \
        return REAL(function) arguments;                                   \
    }

#define OPENS(function, parameters, arguments, at)                                     \
    int function parameters {                                                          \
        va_list more;                                                                  \
        va_start(more, flags);                                                         \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(more, int) : 0; \
        va_end(more);                                                                  \
        char whole[PATH_MAX];                                                          \
        const char *name = inside(at, path, whole);                                    \
        MEET(flags & O_CREAT ? "create" : "open", name, flags & O_CREAT, -1)           \
        return known_as(REAL(function) arguments, name);                               \
    }

OPENS(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)
OPENS(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)

AT_A_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, "mkdir", 1, -1)
AT_A_PATH(int, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), at, path, "mkdir", 1, -1)
AT_A_PATH(int, rmdir, (const char *path), (path), AT_FDCWD, path, "rmdir", 0, -1)
AT_A_PATH(int, unlink, (const char *path), (path), AT_FDCWD, path, "unlink", 0, -1)
AT_A_PATH(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), at, path, "unlink", 0, -1)
AT_A_PATH(int, renameat2, (int at, const char *from, int there, const char *to, unsigned flags),
          (at, from, there, to, flags), there, to, "rename", 1, -1)
AT_A_PATH(int, rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, "rename", 1, -1)
AT_A_PATH(int, link, (const char *from, const char *to), (from, to), AT_FDCWD, to, "link", 1, -1)
AT_A_PATH(int, symlink, (const char *from, const char *to), (from, to), AT_FDCWD, to, "symlink", 1, -1)
AT_A_PATH(int, chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, "chmod", 0, -1)
AT_A_PATH(int, access, (const char *path, int mode), (path, mode), AT_FDCWD, path, "access", 0, -1)
AT_A_PATH(int, stat, (const char *path, struct stat *told), (path, told), AT_FDCWD, path, "stat", 0, -1)
AT_A_PATH(int, stat64, (const char *path, struct stat64 *told), (path, told), AT_FDCWD, path, "stat", 0, -1)
AT_A_PATH(int, lstat, (const char *path, struct stat *told), (path, told), AT_FDCWD, path, "stat", 0, -1)
AT_A_PATH(int, lstat64, (const char *path, struct stat64 *told), (path, told), AT_FDCWD, path, "stat", 0, -1)
AT_A_PATH(int, fstatat, (int at, const char *path, struct stat *told, int flags), (at, path, told, flags), at, path,
          "stat", 0, -1)
AT_A_PATH(int, fstatat64, (int at, const char *path, struct stat64 *told, int flags), (at, path, told, flags), at,
          path, "stat", 0, -1)
AT_A_PATH(DIR *, opendir, (const char *path), (path), AT_FDCWD, path, "opendir", 0, NULL)

AT_A_DESCRIPTOR(fstat, (int one, struct stat *told), (one, told), "stat", 0)
AT_A_DESCRIPTOR(fstat64, (int one, struct stat64 *told), (one, told), "stat", 0)
AT_A_DESCRIPTOR(fsync, (int one), (one), "fsync", 1)
AT_A_DESCRIPTOR(fdatasync, (int one), (one), "fsync", 1)
AT_A_DESCRIPTOR(ftruncate, (int one, off_t length), (one, length), "ftruncate", 1)
AT_A_DESCRIPTOR(ftruncate64, (int one, off64_t length), (one, length), "ftruncate", 1)
AT_A_DESCRIPTOR(fchmod, (int one, mode_t mode), (one, mode), "chmod", 0)
AT_A_DESCRIPTOR(flock, (int one, int operation), (one, operation), "flock", 0)

DIR *fdopendir(int one) {
    MEET("opendir", name_of(one), 0, NULL)
    return REAL(fdopendir)(one);
}

/* A descriptor is closed even where closing it fails. */
int close(int one) {
    enum outcome outcome = met("close", name_of(one), 0);
    if (outcome == ENDS) die();
    int reason = errno;
    known_as(one, NULL);
    int done = REAL(close)(one);
    if (outcome == GOES_ON) return done;
    errno = reason;
    return -1;
}

/* Where a write fails or the process dies in it, half of it has reached the file, unless it was interrupted. */
#define WRITES(result, function, parameters, half, arguments)       \
    result function parameters {                                    \
        enum outcome outcome = met("write", name_of(one), 1);       \
        if (outcome == GOES_ON) return REAL(function) arguments;    \
        if (outcome == ENDS || error_wanted != EINTR) (void)!REAL(function) half; \
        if (outcome == ENDS) die();                                 \
        errno = error_wanted;                                       \
        return -1;                                                  \
    }

WRITES(ssize_t, write, (int one, const void *text, size_t length), (one, text, length / 2), (one, text, length))
WRITES(ssize_t, pwrite, (int one, const void *text, size_t length, off_t start), (one, text, length / 2, start),
       (one, text, length, start))
WRITES(ssize_t, pwrite64, (int one, const void *text, size_t length, off64_t start), (one, text, length / 2, start),
       (one, text, length, start))

ssize_t sendfile(int one, int from, off_t *start, size_t length) {
    MEET("write", name_of(one), 1, -1)
    return REAL(sendfile)(one, from, start, length);
}

ssize_t sendfile64(int one, int from, off64_t *start, size_t length) {
    MEET("write", name_of(one), 1, -1)
    return REAL(sendfile64)(one, from, start, length);
}

ssize_t read(int one, void *text, size_t length) {
    MEET("read", name_of(one), 0, -1)
    return REAL(read)(one, text, length);
}

ssize_t pread(int one, void *text, size_t length, off_t start) {
    MEET("read", name_of(one), 0, -1)
    return REAL(pread)(one, text, length, start);
}

ssize_t pread64(int one, void *text, size_t length, off64_t start) {
    MEET("read", name_of(one), 0, -1)
    return REAL(pread64)(one, text, length, start);
}

#define LOCKS(function)                                                                          \
    int function(int one, int command, ...) {                                                    \
        va_list more;                                                                            \
        va_start(more, command);                                                                 \
        void *what = va_arg(more, void *);                                                       \
        va_end(more);                                                                            \
        int locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK;             \
        MEET("lock", locks ? name_of(one) : NULL, 0, -1)                                         \
        return REAL(function)(one, command, what);                                               \
    }
LOCKS(fcntl)
LOCKS(fcntl64)

/* What a program that is started will talk through: counted, for the process may die before or after it. */
int pipe2(int ends[2], int flags) {
    MEET("pipe", folder_length ? "to a program" : NULL, 0, -1)
    return REAL(pipe2)(ends, flags);
}
