/*
 * A program that takes memory: so many megabytes at so many a second, each page of it written and no two alike; keeps it for
 * some seconds, and ends. It is hardly larger than what it takes.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define MEGABYTE (1024L * 1024)

static long micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void write_pages(unsigned long *memory, unsigned long *state)
{
    for (long at = 0; at < MEGABYTE / (long)sizeof *memory; at++) {
        *state = *state * 6364136223846793005UL + 1442695040888963407UL;
        memory[at] = *state;
    }
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: hog MEGABYTES MEGABYTES_PER_SECOND SECONDS\n");
        return 2;
    }
    long megabytes = atol(arguments[1]), rate = atol(arguments[2]);
    unsigned long state = (unsigned long)getpid();
    char *memory = mmap(NULL, megabytes * MEGABYTE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                        -1, 0);
    if (memory == MAP_FAILED) {
        perror("hog");
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    printf("taking\n");
    long start = micros();
    for (long taken = 0; taken < megabytes; taken++) {
        write_pages((unsigned long *)(memory + taken * MEGABYTE), &state);
        long early = start + (taken + 1) * 1000000L / rate - micros();
        if (early > 0)
            usleep((useconds_t)early);
    }
    printf("taken %ld\n", micros() - start);
    sleep((unsigned)atol(arguments[3]));
    return 0;
}
