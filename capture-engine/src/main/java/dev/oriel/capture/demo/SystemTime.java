package dev.oriel.capture.demo;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The time of the machine. */
final class SystemTime implements DemoTime {

    private final Lock lock = new ReentrantLock();
    private final Condition wakened = lock.newCondition();
    private boolean awake;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** An interrupted thread does not sleep and stays interrupted. */
    @Override
    public void sleep(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!awake && left > 0) {
                left = wakened.awaitNanos(left);
            }
            awake = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            awake = true;
            wakened.signal();
        } finally {
            lock.unlock();
        }
    }
}
