package io.serai.work;

import io.serai.message.Lease;
import java.util.List;

/**
 * Where the work of one queue lies: turns ids into the record that travels through the route. There is one bean a queue.
 *
 * @param <T> Turn, Parcel or Reply
 */
public interface Shelf<T> {

    Queue queue();

    /**
     * Reads what was claimed.
     *
     * @param subjects the ids that were put into the queue, in order
     * @return null when there is nothing left to do about them
     */
    T take(Lease lease, List<Long> subjects);

    /** Nobody works on these any more; within the transaction that keeps their dead letter. */
    default void giveUp(List<Long> subjects) {}

    /** Which of the subjects this is about; a shelf may leave some of them for the next time. */
    default List<Long> subjects(T body, List<Long> taken) {
        return taken;
    }
}
