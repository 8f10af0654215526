package io.shardquake.node.core.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A log of entries in the order of their IDs, in nodes of many entries each, with groups of
 * consumers. As in Redis a node is what approximate trimming removes, all or nothing.
 */
public final class StreamValue extends Value {
  /** How large a node may grow: bytes, and entries; 0 for no limit. */
  public record NodeLimits(long bytes, long entries) {}

  /** What may be trimmed. */
  public sealed interface Trimming {
    /** The oldest, until no more than so many are left. */
    record ToLength(long most) implements Trimming {}

    /** Those before an ID. */
    record ToId(StreamId least) implements Trimming {}
  }

  private static final int ENTRY_OVERHEAD = 8;
  private static final int ELEMENT_OVERHEAD = 2;

  private final NavigableMap<StreamId, Node> nodes = new TreeMap<>();
  private final Map<byte[], ConsumerGroup> groups = new TreeMap<>(Arrays::compareUnsigned);
  private int size;
  private StreamId last = StreamId.LEAST;
  private StreamId maxDeleted = StreamId.LEAST;
  private long added;

  /** Some entries that follow each other. */
  private static final class Node {
    private final NavigableMap<StreamId, StreamEntry> entries = new TreeMap<>();
    private long bytes;
    private long appended;
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** The last ID ever added, or set since. */
  public StreamId last() {
    return last;
  }

  public void last(StreamId id) {
    this.last = id;
  }

  /** The first entry's ID; zero if there is none. */
  public StreamId first() {
    return nodes.isEmpty() ? StreamId.LEAST : nodes.firstEntry().getValue().entries.firstKey();
  }

  /** The last entry's ID; zero if there is none. */
  public StreamId lastEntry() {
    return nodes.isEmpty() ? StreamId.LEAST : nodes.lastEntry().getValue().entries.lastKey();
  }

  /** The greatest ID ever deleted by name; zero if none was. */
  public StreamId maxDeleted() {
    return maxDeleted;
  }

  public void maxDeleted(StreamId id) {
    this.maxDeleted = id;
  }

  /** How many entries were ever added. */
  public long added() {
    return added;
  }

  public void added(long count) {
    this.added = count;
  }

  /** Number of nodes. */
  public int nodes() {
    return nodes.size();
  }

  /** The groups by name. */
  public Map<byte[], ConsumerGroup> groups() {
    return groups;
  }

  public Optional<ConsumerGroup> group(byte[] name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** Appends an entry, whose ID must be greater than {@link #last}. */
  public void append(StreamEntry entry, NodeLimits limits) {
    Node node = nodes.isEmpty() ? null : nodes.lastEntry().getValue();
    boolean full =
        node == null
            || (limits.bytes() > 0 && node.bytes >= limits.bytes())
            || (limits.entries() > 0 && node.appended >= limits.entries());
    if (node == null || full) {
      node = new Node();
      nodes.put(entry.id(), node);
    }
    node.entries.put(entry.id(), entry);
    node.appended++;
    node.bytes += ENTRY_OVERHEAD;
    for (byte[] part : entry.fields()) {
      node.bytes += part.length + ELEMENT_OVERHEAD;
    }
    size++;
    added++;
    last = entry.id();
  }

  public Optional<StreamEntry> get(StreamId id) {
    Map.Entry<StreamId, Node> node = nodes.floorEntry(id);
    return node == null ? Optional.empty() : Optional.ofNullable(node.getValue().entries.get(id));
  }

  /** Visits entries between two IDs, both included, until {@code visit} says false. */
  public void range(StreamId from, StreamId to, Predicate<StreamEntry> visit) {
    StreamId start = nodes.floorKey(from) == null ? from : nodes.floorKey(from);
    for (Node node : nodes.tailMap(start, true).values()) {
      for (StreamEntry entry : node.entries.tailMap(from, true).values()) {
        if (to.isLess(entry.id()) || !visit.test(entry)) {
          return;
        }
      }
    }
  }

  /** As {@link #range}, from the last backwards. */
  public void rangeBack(StreamId from, StreamId to, Predicate<StreamEntry> visit) {
    for (Node node : nodes.headMap(to, true).descendingMap().values()) {
      for (StreamEntry entry : node.entries.headMap(to, true).descendingMap().values()) {
        if (entry.id().isLess(from) || !visit.test(entry)) {
          return;
        }
      }
    }
  }

  /** Visits the entries node by node. */
  public void forEachNode(BiConsumer<StreamId, List<StreamEntry>> visit) {
    nodes.forEach((id, node) -> visit.accept(id, new ArrayList<>(node.entries.values())));
  }

  /** Adds a node as it was kept elsewhere; its entries count as neither new nor last. */
  public void restoreNode(StreamId key, List<StreamEntry> entries) {
    Node node = new Node();
    for (StreamEntry entry : entries) {
      node.entries.put(entry.id(), entry);
      node.bytes += ENTRY_OVERHEAD;
      entry.fields().forEach(part -> node.bytes += part.length + ELEMENT_OVERHEAD);
    }
    node.appended = entries.size();
    size += node.entries.size();
    if (!node.entries.isEmpty()) {
      nodes.put(key, node);
    }
  }

  /** Deletes an entry by name; false if it does not exist. */
  public boolean delete(StreamId id) {
    Map.Entry<StreamId, Node> node = nodes.floorEntry(id);
    if (node == null || node.getValue().entries.remove(id) == null) {
      return false;
    }
    if (node.getValue().entries.isEmpty()) {
      nodes.remove(node.getKey());
    }
    size--;
    if (maxDeleted.isLess(id)) {
      maxDeleted = id;
    }
    return true;
  }

  /**
   * Removes the oldest entries.
   *
   * @param approximately whether only whole nodes are removed
   * @param most how many entries may be looked at; 0 for all
   * @return how many were removed
   */
  public int trim(Trimming how, boolean approximately, long most) {
    int removed = 0;
    while (!nodes.isEmpty() && !isTrimmed(how)) {
      Map.Entry<StreamId, Node> first = nodes.firstEntry();
      Node node = first.getValue();
      int entries = node.entries.size();
      if (most > 0 && removed + entries > most) {
        break;
      }
      boolean whole =
          how instanceof Trimming.ToLength length
              ? size - entries >= length.most()
              : node.entries.lastKey().isLess(((Trimming.ToId) how).least());
      if (whole) {
        nodes.remove(first.getKey());
        size -= entries;
        removed += entries;
      } else if (approximately) {
        break;
      } else {
        while (!isTrimmed(how)) {
          node.entries.pollFirstEntry();
          size--;
          removed++;
        }
      }
    }
    return removed;
  }

  private boolean isTrimmed(Trimming how) {
    return how instanceof Trimming.ToLength length
        ? size <= length.most()
        : !first().isLess(((Trimming.ToId) how).least());
  }

  @Override
  public String type() {
    return "stream";
  }

  @Override
  public String encoding() {
    return "stream";
  }

  @Override
  public StreamValue copy() {
    StreamValue copy = new StreamValue();
    forEachNode(copy::restoreNode);
    groups.forEach((name, group) -> copy.groups.put(name, group.copy()));
    copy.last = last;
    copy.maxDeleted = maxDeleted;
    copy.added = added;
    return copy;
  }
}
