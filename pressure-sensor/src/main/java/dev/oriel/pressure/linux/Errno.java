package dev.oriel.pressure.linux;

/** Linux error numbers that a notice can meet, as most processors have them. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int ECONNREFUSED = 111;

    private Errno() {}

    /** Words for the negative answer of a call. */
    static String words(int error) {
        return switch (-error) {
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "no such file (ENOENT)";
            case EAGAIN -> "it would have to wait (EAGAIN)";
            case EACCES -> "access denied (EACCES)";
            case EBUSY -> "there is a trigger already (EBUSY)";
            case ENODEV -> "the group is gone (ENODEV)";
            case EINVAL -> "the kernel does not take it (EINVAL)";
            case EMFILE -> "too many open files (EMFILE)";
            case ENAMETOOLONG -> "the path is too long (ENAMETOOLONG)";
            case ENOSYS -> "the kernel has no such call (ENOSYS)";
            case EOPNOTSUPP -> "pressure stall information is switched off (EOPNOTSUPP)";
            case ECONNREFUSED -> "nobody listens (ECONNREFUSED)";
            default -> "error number " + -error;
        };
    }
}
