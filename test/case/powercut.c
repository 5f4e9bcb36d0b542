/*
 * A power cut, for one process: an LD_PRELOAD shim that remembers every change below PC_DIR that no fsync has made
 * durable. At the PC_AT-th call that changes or syncs something, it undoes them all, puts back a part of them chosen by
 * PC_SEED (nothing, everything, or random pieces of 512 bytes and a random prefix of the names), and kills the process.
 * Only the calls that engine/case makes are covered: it always writes at a position and never opens with O_TRUNC.
 * What a name pointed to before a rename or unlink is kept as a hard link in PC_KEEP, which is on the same file system.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 512, FDS = 4096 };
enum kind { WRITE, TRUNCATE, CREATE, RENAME, UNLINK };

/* One change that is not durable yet. Data changes know their file by `fd`, which follows it through renames. */
struct change {
  struct change *older, *newer;
  enum kind kind;
  int fd;
  ino_t inode;
  off_t offset, old_size, new_size;
  char *old_bytes, *new_bytes;
  size_t old_length, new_length;
  char path[PATH_MAX], target[PATH_MAX], kept[PATH_MAX];
};

static struct change *oldest, *newest;
static char dir[PATH_MAX], keep[PATH_MAX];
static long calls, cut_at;
static unsigned seed = 1;
static int in_shim;
/* For each descriptor below PC_DIR: 'f' file, 'd' folder; and a second descriptor that can read and write the file. */
static char type_of[FDS];
static int twin_of[FDS];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
  const char *value;
  if ((value = getenv("PC_DIR"))) snprintf(dir, sizeof dir, "%s", value);
  if ((value = getenv("PC_KEEP"))) snprintf(keep, sizeof keep, "%s", value);
  if ((value = getenv("PC_AT"))) cut_at = atol(value);
  if ((value = getenv("PC_SEED"))) seed = (unsigned)atol(value);
}

static unsigned chance(unsigned of) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % of;
}

static int tracked(const char *path) {
  return dir[0] && !in_shim && strncmp(path, dir, strlen(dir)) == 0;
}

static struct change *remember(enum kind kind) {
  struct change *change = calloc(1, sizeof *change);
  change->kind = kind;
  change->fd = -1;
  change->older = newest;
  if (newest) newest->newer = change;
  else oldest = change;
  newest = change;
  return change;
}

static void forget(struct change *change) {
  if (change->older) change->older->newer = change->newer;
  else oldest = change->newer;
  if (change->newer) change->newer->older = change->older;
  else newest = change->older;
  if (change->kept[0]) REAL(unlink)(change->kept);
  free(change->old_bytes);
  free(change->new_bytes);
  free(change);
}

static int is_data(const struct change *change) { return change->kind == WRITE || change->kind == TRUNCATE; }

static void undo_data(void) {
  for (struct change *c = newest; c; c = c->older) {
    if (!is_data(c)) continue;
    REAL(ftruncate)(c->fd, c->old_size);
    if (c->old_length) REAL(pwrite)(c->fd, c->old_bytes, c->old_length, c->offset);
  }
}

/* A piece that does not reach the disk may still have made the file longer: then it reads as zeros. */
static void redo_pieces(struct change *c, int everything) {
  for (size_t at = 0; at < c->new_length;) {
    size_t length = PIECE - (c->offset + at) % PIECE;
    if (length > c->new_length - at) length = c->new_length - at;
    off_t position = c->offset + at;
    struct stat facts;
    fstat(c->fd, &facts);
    if (everything || chance(2)) REAL(pwrite)(c->fd, c->new_bytes + at, length, position);
    else if (chance(3) == 0 && facts.st_size < position + (off_t)length) REAL(ftruncate)(c->fd, position + length);
    at += length;
  }
}

static void undo_name(struct change *c) {
  if (c->kind == CREATE) REAL(unlink)(c->path);
  if (c->kind == RENAME) REAL(rename)(c->target, c->path);
  if (c->kept[0]) REAL(rename)(c->kept, c->kind == RENAME ? c->target : c->path);
}

static void power_cut(void) {
  in_shim = 1;
  unsigned mode = chance(4); /* 0: nothing survives, 1: everything does, 2 and 3: some */
  undo_data();
  for (struct change *c = oldest; c && mode > 0; c = c->newer) {
    if (c->kind == WRITE) redo_pieces(c, mode == 1);
    if (c->kind == TRUNCATE && (mode == 1 || chance(2))) REAL(ftruncate)(c->fd, c->new_size);
  }
  for (struct change *c = newest; c && mode != 1; c = c->older) {
    if (is_data(c)) continue;
    if (mode > 1 && chance(2)) break; /* names reach the disk in order */
    undo_name(c);
  }
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void count_call(void) {
  calls += 1;
  if (cut_at > 0 && calls >= cut_at) power_cut();
}

static int is_file(int fd) { return fd >= 0 && fd < FDS && type_of[fd] == 'f'; }
static int is_folder(int fd) { return fd >= 0 && fd < FDS && type_of[fd] == 'd'; }

static void remember_data(int fd, enum kind kind, const void *bytes, size_t length, off_t offset) {
  struct change *c = remember(kind);
  struct stat facts;
  fstat(fd, &facts);
  c->fd = twin_of[fd];
  c->inode = facts.st_ino;
  c->offset = offset;
  c->old_size = facts.st_size;
  c->new_size = offset;
  off_t replaced = facts.st_size - offset;
  if (kind == WRITE && replaced > (off_t)length) replaced = length;
  if (replaced > 0) {
    c->old_bytes = malloc(replaced);
    c->old_length = pread(c->fd, c->old_bytes, replaced, offset);
  }
  if (length) {
    c->new_bytes = malloc(length);
    memcpy(c->new_bytes, bytes, length);
    c->new_length = length;
  }
  count_call();
}

static int opened(int fd, const char *path, int existed) {
  if (fd < 0 || fd >= FDS) return fd;
  struct stat facts;
  fstat(fd, &facts);
  type_of[fd] = S_ISDIR(facts.st_mode) ? 'd' : 'f';
  if (type_of[fd] == 'f') {
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    twin_of[fd] = REAL(open64)(self, O_RDWR | O_CLOEXEC);
  }
  if (!existed) {
    struct change *c = remember(CREATE);
    snprintf(c->path, sizeof c->path, "%s", path);
    count_call();
  }
  return fd;
}

/* An open adds a name or changes nothing. */
static int open_tracked(const char *path, int flags, mode_t mode) {
  if (!tracked(path)) return REAL(open64)(path, flags, mode);
  if (flags & O_TRUNC) abort();
  struct stat facts;
  int existed = lstat(path, &facts) == 0;
  return opened(REAL(open64)(path, flags, mode), path, existed);
}

#define OPEN(name)                                   \
  int name(const char *path, int flags, ...) {       \
    va_list rest;                                    \
    va_start(rest, flags);                           \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                    \
    return open_tracked(path, flags, mode);          \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < FDS) type_of[fd] = 0; /* its twin stays open: un-synced data outlives the descriptor */
  return REAL(close)(fd);
}

#define PWRITE(name)                                                      \
  ssize_t name(int fd, const void *bytes, size_t length, off_t offset) {  \
    if (is_file(fd)) remember_data(fd, WRITE, bytes, length, offset);     \
    return REAL(pwrite64)(fd, bytes, length, offset);                     \
  }
#undef pwrite
PWRITE(pwrite)
PWRITE(pwrite64)

#define FTRUNCATE(name)                                       \
  int name(int fd, off_t size) {                              \
    if (is_file(fd)) remember_data(fd, TRUNCATE, 0, 0, size); \
    return REAL(ftruncate64)(fd, size);                       \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

static int sync_tracked(int fd) {
  struct stat facts;
  fstat(fd, &facts);
  count_call();
  for (struct change *c = oldest, *next; c; c = next) {
    next = c->newer;
    if (is_folder(fd) ? !is_data(c) : is_data(c) && c->inode == facts.st_ino) forget(c);
  }
  return 0;
}
int fsync(int fd) { return is_file(fd) || is_folder(fd) ? sync_tracked(fd) : REAL(fsync)(fd); }
int fdatasync(int fd) { return is_file(fd) || is_folder(fd) ? sync_tracked(fd) : REAL(fdatasync)(fd); }

static void keep_aside(struct change *c, const char *path) {
  int length = snprintf(c->kept, sizeof c->kept, "%s/%d-%ld", keep, getpid(), calls);
  if (length >= (int)sizeof c->kept || link(path, c->kept) != 0) c->kept[0] = 0;
}

int rename(const char *from, const char *to) {
  struct stat facts;
  if (tracked(from) && lstat(from, &facts) == 0) {
    count_call();
    struct change *c = remember(RENAME);
    snprintf(c->path, sizeof c->path, "%s", from);
    snprintf(c->target, sizeof c->target, "%s", to);
    keep_aside(c, to);
  }
  return REAL(rename)(from, to);
}

int unlink(const char *path) {
  struct stat facts;
  if (tracked(path) && lstat(path, &facts) == 0) {
    count_call();
    struct change *c = remember(UNLINK);
    snprintf(c->path, sizeof c->path, "%s", path);
    keep_aside(c, path);
  }
  return REAL(unlink)(path);
}
