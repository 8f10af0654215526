/*
 * Stands between one server process and the operating system, by LD_PRELOAD, and does what a file
 * of 64-bit words says that another process maps and writes: shifts the clock, delays fsync or lets
 * it fail, lets writes to files fail as on a full disk. Counts what it did, and how much of each
 * file has been synced, so that a power cut can be imitated.
 *
 * SHARDQUAKE_SHIM names the file. Without it, or if it cannot be mapped, nothing changes. Words are
 * read and written whole (they are aligned), so that no lock is needed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The layout is that of ShimControl.java. */
enum {
  LOADED,          /* how many processes have mapped it */
  CLOCK_OFFSET,    /* added to the wall clock, nanoseconds */
  SYNC_DELAY,      /* before each sync, microseconds */
  SYNC_ERROR,      /* errno of each sync; 0 for none */
  WRITE_ERROR,     /* errno of each write to a regular file; 0 for none */
  CLOCK_SHIFTED,   /* clock readings that were shifted */
  SYNCS_DELAYED,
  SYNCS_FAILED,
  WRITES_FAILED,
  FILES,           /* pairs that follow: inode, length at its last sync */
  FIRST_FILE
};

#define MAX_FILES 512
#define WORDS (FIRST_FILE + 2 * MAX_FILES)

static volatile int64_t *control;
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);

__attribute__((constructor)) static void load(void) {
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  const char *name = getenv("SHARDQUAKE_SHIM");
  if (name == NULL) return;
  int fd = open(name, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, WORDS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped == MAP_FAILED) return;
  control = mapped;
  __atomic_add_fetch(&control[LOADED], 1, __ATOMIC_SEQ_CST);
}

static int64_t word(int which) { return control == NULL ? 0 : control[which]; }

static void count(int which) { __atomic_add_fetch(&control[which], 1, __ATOMIC_SEQ_CST); }

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (real_clock_gettime == NULL) real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  int status = real_clock_gettime(clock, now);
  int64_t offset = word(CLOCK_OFFSET);
  if (status == 0 && offset != 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t nanos = (int64_t)now->tv_sec * 1000000000LL + now->tv_nsec + offset;
    now->tv_sec = nanos / 1000000000LL;
    now->tv_nsec = nanos % 1000000000LL;
    count(CLOCK_SHIFTED);
  }
  return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *seconds) {
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return (time_t)-1;
  if (seconds != NULL) *seconds = precise.tv_sec;
  return precise.tv_sec;
}

static void note_synced(ino_t inode, int64_t length) {
  int64_t known = control[FILES];
  for (int64_t i = 0; i < known && i < MAX_FILES; i++) {
    if (control[FIRST_FILE + 2 * i] == (int64_t)inode) {
      control[FIRST_FILE + 2 * i + 1] = length;
      return;
    }
  }
  int64_t place = __atomic_fetch_add(&control[FILES], 1, __ATOMIC_SEQ_CST);
  if (place < MAX_FILES) {
    control[FIRST_FILE + 2 * place + 1] = length;
    control[FIRST_FILE + 2 * place] = (int64_t)inode;
  }
}

static int sync_by(int (*real)(int), int fd) {
  if (control == NULL) return real(fd);
  if (word(SYNC_DELAY) > 0) {
    count(SYNCS_DELAYED);
    usleep((useconds_t)word(SYNC_DELAY));
  }
  if (word(SYNC_ERROR) != 0) {
    count(SYNCS_FAILED);
    errno = (int)word(SYNC_ERROR);
    return -1;
  }
  /* Before the sync: what is written while it goes on may not be on the disk. */
  struct stat file;
  int seen = fstat(fd, &file);
  int status = real(fd);
  if (status == 0 && seen == 0 && S_ISREG(file.st_mode)) note_synced(file.st_ino, file.st_size);
  return status;
}

int fsync(int fd) { return sync_by(real_fsync, fd); }

int fdatasync(int fd) { return sync_by(real_fdatasync, fd); }

static int refused(int fd) {
  if (word(WRITE_ERROR) == 0) return 0;
  struct stat file;
  if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) return 0;
  /* Standard output and error are the server's log, which is not its disk. */
  if (fd <= STDERR_FILENO) return 0;
  count(WRITES_FAILED);
  errno = (int)word(WRITE_ERROR);
  return 1;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (real_write == NULL) real_write = dlsym(RTLD_NEXT, "write");
  return refused(fd) ? -1 : real_write(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
  if (real_writev == NULL) real_writev = dlsym(RTLD_NEXT, "writev");
  return refused(fd) ? -1 : real_writev(fd, parts, number);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  if (real_pwrite == NULL) real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  return refused(fd) ? -1 : real_pwrite(fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  return pwrite(fd, bytes, length, at);
}
