package io.shardquake.node.core.value;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Elements in order, packed into linked chunks as in Redis's quicklist: constant time at both ends,
 * a walk over chunks to anywhere else.
 */
public final class ListValue extends Value {
  private static final int CHUNK_BYTES = 8192;

  private static final class Chunk extends PackedEntries {
    private @Nullable Chunk before;
    private @Nullable Chunk after;

    boolean hasRoomFor(byte[] element) {
      return count() == 0 || end() + element.length + 11 <= CHUNK_BYTES;
    }
  }

  private Chunk head = new Chunk();
  private Chunk tail = head;
  private int size;

  /** Number of elements. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void addFirst(byte[] element) {
    if (!head.hasRoomFor(element)) {
      linkBehind(null, new Chunk());
    }
    head.insert(0, element);
    size++;
  }

  public void addLast(byte[] element) {
    if (!tail.hasRoomFor(element)) {
      linkBehind(tail, new Chunk());
    }
    tail.insert(tail.end(), element);
    size++;
  }

  /** Removes the first element; the list must not be empty. */
  public byte[] removeFirst() {
    byte[] element = head.get(0);
    removeFrom(head, 0, 1);
    return element;
  }

  /** Removes the last element; the list must not be empty. */
  public byte[] removeLast() {
    int at = tail.previous(tail.end());
    byte[] element = tail.get(at);
    removeFrom(tail, at, 1);
    return element;
  }

  /** The element at an index, which must be in {@code [0, size)}. */
  public byte[] get(int index) {
    Place place = locate(index);
    return place.chunk().get(place.chunk().offset(place.index()));
  }

  /** Replaces the element at an index, which must be in {@code [0, size)}. */
  public void set(int index, byte[] element) {
    Place place = locate(index);
    place.chunk().replace(place.chunk().offset(place.index()), element);
  }

  /** Puts an element before the one at an index, or last if that is the size. */
  public void insert(int index, byte[] element) {
    if (index == size) {
      addLast(element);
      return;
    }
    if (index == 0) {
      addFirst(element);
      return;
    }
    Place place = locate(index);
    Chunk chunk = place.chunk();
    int at = chunk.offset(place.index());
    if (!chunk.hasRoomFor(element)) {
      Chunk rest = new Chunk();
      chunk.moveTail(at, chunk.count() - place.index(), rest);
      linkBehind(chunk, rest);
      if (!chunk.hasRoomFor(element)) {
        Chunk own = new Chunk();
        linkBehind(chunk, own);
        chunk = own;
        at = 0;
      }
    }
    chunk.insert(at, element);
    size++;
  }

  /** Removes {@code count} elements from an index on; they must all exist. */
  public void removeRange(int index, int count) {
    int left = count;
    while (left > 0) {
      Place place = locate(index);
      Chunk chunk = place.chunk();
      int here = Math.min(left, chunk.count() - place.index());
      removeFrom(chunk, chunk.offset(place.index()), here);
      left -= here;
    }
  }

  /**
   * Removes elements equal to one.
   *
   * @param most how many at most
   * @param fromTail whether the last ones rather than the first ones
   * @return how many
   */
  public int removeEqual(byte[] element, int most, boolean fromTail) {
    int removed = 0;
    Chunk chunk = fromTail ? tail : head;
    while (chunk != null && removed < most) {
      Chunk following = fromTail ? chunk.before : chunk.after;
      removed +=
          fromTail
              ? removeEqualBackwards(chunk, element, most - removed)
              : removeEqualForwards(chunk, element, most - removed);
      chunk = following;
    }
    return removed;
  }

  private int removeEqualForwards(Chunk chunk, byte[] element, int most) {
    int removed = 0;
    int at = 0;
    while (at < chunk.end() && removed < most) {
      if (chunk.matches(at, element)) {
        removeFrom(chunk, at, 1);
        removed++;
      } else {
        at = chunk.next(at);
      }
    }
    return removed;
  }

  private int removeEqualBackwards(Chunk chunk, byte[] element, int most) {
    int removed = 0;
    int at = chunk.end();
    while (at > 0 && removed < most) {
      at = chunk.previous(at);
      if (chunk.matches(at, element)) {
        removeFrom(chunk, at, 1);
        removed++;
      }
    }
    return removed;
  }

  /** Visits the elements in {@code [from, to)}; the list must not change meanwhile. */
  public void range(int from, int to, Consumer<byte[]> visit) {
    if (from >= to) {
      return;
    }
    int[] left = {to - from};
    walk(
        from,
        element -> {
          visit.accept(element);
          return --left[0] > 0;
        });
  }

  /** Visits every element; the list must not change meanwhile. */
  public void forEach(Consumer<byte[]> visit) {
    range(0, size, visit);
  }

  /** Visits elements from an index on towards the tail until {@code visit} says false. */
  public void walk(int from, Predicate<byte[]> visit) {
    if (from >= size) {
      return;
    }
    Place place = locate(from);
    int at = place.chunk().offset(place.index());
    for (Chunk chunk = place.chunk(); chunk != null; chunk = chunk.after) {
      while (at < chunk.end()) {
        if (!visit.test(chunk.get(at))) {
          return;
        }
        at = chunk.next(at);
      }
      at = 0;
    }
  }

  /** Visits elements from an index on towards the head until {@code visit} says false. */
  public void walkBack(int from, Predicate<byte[]> visit) {
    if (from < 0 || size == 0) {
      return;
    }
    Place place = locate(from);
    int behind = place.chunk().next(place.chunk().offset(place.index()));
    Chunk chunk = place.chunk();
    while (chunk != null) {
      int at = behind;
      while (at > 0) {
        at = chunk.previous(at);
        if (!visit.test(chunk.get(at))) {
          return;
        }
      }
      chunk = chunk.before;
      behind = chunk == null ? 0 : chunk.end();
    }
  }

  /** The index of an element in its chunk. */
  private record Place(Chunk chunk, int index) {}

  private Place locate(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    if (index < size / 2) {
      int left = index;
      for (Chunk chunk = head; chunk != null; chunk = chunk.after) {
        if (left < chunk.count()) {
          return new Place(chunk, left);
        }
        left -= chunk.count();
      }
    } else {
      int from = size;
      for (Chunk chunk = tail; chunk != null; chunk = chunk.before) {
        from -= chunk.count();
        if (index >= from) {
          return new Place(chunk, index - from);
        }
      }
    }
    throw new IllegalStateException("chunks hold fewer elements than were counted");
  }

  private void removeFrom(Chunk chunk, int at, int count) {
    chunk.remove(at, count);
    size -= count;
    if (chunk.count() == 0 && head != tail) {
      unlink(chunk);
    }
  }

  /** Links a chunk in behind another, or first of all. */
  private void linkBehind(@Nullable Chunk chunk, Chunk added) {
    Chunk after = chunk == null ? head : chunk.after;
    added.before = chunk;
    added.after = after;
    if (chunk == null) {
      head = added;
    } else {
      chunk.after = added;
    }
    if (after == null) {
      tail = added;
    } else {
      after.before = added;
    }
  }

  private void unlink(Chunk chunk) {
    Chunk before = chunk.before;
    Chunk after = chunk.after;
    if (before != null) {
      before.after = after;
    } else if (after != null) {
      head = after;
    }
    if (after != null) {
      after.before = before;
    } else if (before != null) {
      tail = before;
    }
  }

  @Override
  public String type() {
    return "list";
  }

  @Override
  public String encoding() {
    return "quicklist";
  }

  @Override
  public ListValue copy() {
    ListValue copy = new ListValue();
    for (Chunk chunk = head; chunk != null; chunk = chunk.after) {
      Chunk same = chunk == head ? copy.head : new Chunk();
      chunk.copyTo(same);
      if (chunk != head) {
        copy.linkBehind(copy.tail, same);
      }
    }
    copy.size = size;
    return copy;
  }
}
