/*
 * A program that makes its control group stall: so many processes write a file again and again, each a part of its own. The
 * file is larger than what the group has left for it, so that each page that comes has to wait for another to reach the
 * disk. None of it counts as memory that anybody needs: the group is short of time, not of room.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE (256L * 1024)

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static int write_until(const char *path, long start, long size, double end)
{
    static char buffer[AT_ONCE];
    int file = open(path, O_WRONLY);
    if (file < 0)
        return 1;
    for (long at = 0; seconds() < end; at = (at + AT_ONCE) % size)
        if (pwrite(file, buffer, AT_ONCE, start + at) < 0)
            return 1;
    return 0;
}

int main(int count, char **arguments)
{
    if (count != 5) {
        fprintf(stderr, "usage: rewrite FILE MEGABYTES PROCESSES MILLISECONDS\n");
        return 2;
    }
    int processes = atoi(arguments[3]), failed = 0, status;
    long size = (atol(arguments[2]) << 20) / processes / AT_ONCE * AT_ONCE;
    double end = seconds() + atol(arguments[4]) / 1e3;
    for (int number = 0; number < processes; number++)
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            return write_until(arguments[1], number * size, size, end);
        }
    while (wait(&status) > 0)
        failed |= status != 0;
    return failed;
}
