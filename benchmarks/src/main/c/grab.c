/*
 * The least that a program can do to turn a screen into a JPEG: for each line on standard input it reads the whole screen
 * through shared memory, encodes it in one call as the engine does its stripes, and answers with the size in bytes.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <turbojpeg.h>

#define JPEG_PERCENT 85

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static XImage *share_image(Display *display, XShmSegmentInfo *segment)
{
    int screen = DefaultScreen(display);
    XImage *image = XShmCreateImage(display, DefaultVisual(display, screen), DefaultDepth(display, screen), ZPixmap,
                                    NULL, segment, DisplayWidth(display, screen), DisplayHeight(display, screen));
    if (image == NULL || image->bits_per_pixel != 32)
        fail("the display has no shared images of 32 bits a pixel");
    segment->shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line * image->height, IPC_CREAT | 0600);
    if (segment->shmid < 0)
        fail("there is no shared memory");
    segment->shmaddr = image->data = shmat(segment->shmid, NULL, 0);
    segment->readOnly = False;
    if (image->data == (char *)-1 || !XShmAttach(display, segment))
        fail("the shared memory cannot be attached");
    XSync(display, False);
    shmctl(segment->shmid, IPC_RMID, NULL); /* goes when both sides have let go */
    return image;
}

int main(int count, char **arguments)
{
    Display *display = XOpenDisplay(count > 1 ? arguments[1] : NULL);
    if (display == NULL)
        fail("the display cannot be opened");
    XShmSegmentInfo segment;
    XImage *image = share_image(display, &segment);
    tjhandle encoder = tjInitCompress();
    unsigned char *jpeg = tjAlloc((int)tjBufSize(image->width, image->height, TJSAMP_420));
    if (encoder == NULL || jpeg == NULL)
        fail("the encoder cannot start");
    puts("ready");
    fflush(stdout);

    char line[16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        unsigned long size = 0;
        if (!XShmGetImage(display, DefaultRootWindow(display), image, 0, 0, AllPlanes))
            fail("the display gives no pixels");
        if (tjCompress2(encoder, (unsigned char *)image->data, image->width, image->bytes_per_line, image->height,
                        TJPF_BGRX, &jpeg, &size, TJSAMP_420, JPEG_PERCENT, TJFLAG_ACCURATEDCT | TJFLAG_NOREALLOC) != 0)
            fail(tjGetErrorStr2(encoder));
        printf("%lu\n", size);
        fflush(stdout);
    }
    return 0;
}
