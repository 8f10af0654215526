package io.shardquake.node.core.value;

import io.shardquake.node.core.dict.Dict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Members with scores, in ascending order of score, then of their bytes: packed while small, then a
 * table beside a skip list. Ranges of scores and of members are ranges of ranks, found by {@link
 * #countBelow} and {@link #countBelowMember}.
 */
public final class SortedSetValue extends Value {
  /** Is shown a member and its score. */
  @FunctionalInterface
  public interface Visitor {
    void visit(byte[] member, double score);
  }

  private record Table(Dict<SkipList.Node> nodes, SkipList order) {}

  private final PackedEntries packed = new PackedEntries();
  private @Nullable Table table;

  /** Number of members. */
  public int size() {
    return table == null ? packed.count() / 2 : table.order.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public boolean contains(byte[] member) {
    return table == null ? packed.find(member, 2) >= 0 : table.nodes.contains(member);
  }

  /** A member's score; NaN, which no member has, if it is not there. */
  public double score(byte[] member) {
    if (table != null) {
      SkipList.Node node = table.nodes.get(member);
      return node == null ? Double.NaN : node.score();
    }
    int at = packed.find(member, 2);
    return at < 0 ? Double.NaN : packed.real(packed.next(at));
  }

  /** Sets a member's score, which must not be NaN; true if it is new. The array is given away. */
  public boolean put(byte[] member, double score, EncodingLimits limits) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score must be a number");
    }
    if (table == null) {
      int at = packed.find(member, 2);
      if (at >= 0) {
        if (packed.real(packed.next(at)) != score) {
          packed.remove(at, 2);
          insertPacked(member, score);
        }
        return false;
      }
      if (size() + 1 <= limits.sortedSetEntries() && member.length <= limits.sortedSetValue()) {
        insertPacked(member, score);
        return true;
      }
    }
    return put(table == null ? convert(limits) : table, member, score);
  }

  private static boolean put(Table table, byte[] member, double score) {
    Dict.Entry<SkipList.Node> entry = table.nodes.find(member);
    if (entry == null) {
      table.nodes.put(member, table.order.insert(member, score));
      return true;
    }
    SkipList.Node node = entry.value();
    if (node.score() != score) {
      table.order.remove(node);
      entry.setValue(table.order.insert(node.member(), score));
    }
    return false;
  }

  /** Removes a member; false if it is not there. */
  public boolean remove(byte[] member) {
    if (table != null) {
      SkipList.Node node = table.nodes.remove(member);
      if (node != null) {
        table.order.remove(node);
      }
      return node != null;
    }
    int at = packed.find(member, 2);
    if (at < 0) {
      return false;
    }
    packed.remove(at, 2);
    return true;
  }

  /** Removes the members of the ranks {@code [from, to)}, which must exist. */
  public void removeRange(int from, int to) {
    if (from >= to) {
      return;
    }
    if (table == null) {
      packed.remove(packed.offset(2 * from), 2 * (to - from));
      return;
    }
    SkipList.Node node = table.order.at(from);
    for (int i = from; i < to && node != null; i++) {
      SkipList.Node following = node.next();
      table.nodes.remove(node.member());
      table.order.remove(node);
      node = following;
    }
  }

  /** How many members come before one; -1 if it is not there. */
  public int rank(byte[] member) {
    if (table != null) {
      SkipList.Node node = table.nodes.get(member);
      return node == null ? -1 : table.order.rank(node);
    }
    int rank = 0;
    for (int at = 0; at < packed.end(); at = afterScore(at)) {
      if (packed.matches(at, member)) {
        return rank;
      }
      rank++;
    }
    return -1;
  }

  /** How many members have a lesser score, or, with {@code orEqual}, no greater one. */
  public int countBelow(double score, boolean orEqual) {
    if (table != null) {
      return table.order.countBefore(
          orEqual ? node -> node.score() <= score : node -> node.score() < score);
    }
    int count = 0;
    for (int at = 0; at < packed.end(); at = afterScore(at)) {
      double here = packed.real(packed.next(at));
      if (orEqual ? here > score : here >= score) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * How many members come before one in the order of bytes, or, with {@code orEqual}, are not after
   * it; this means something only if all scores are the same.
   */
  public int countBelowMember(byte[] member, boolean orEqual) {
    int most = orEqual ? 0 : -1;
    if (table != null) {
      return table.order.countBefore(node -> Arrays.compareUnsigned(node.member(), member) <= most);
    }
    int count = 0;
    for (int at = 0; at < packed.end(); at = afterScore(at)) {
      if (packed.compare(at, member) > most) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Visits the members of the ranks {@code [from, to)}, which must exist, upwards. */
  public void range(int from, int to, Visitor visit) {
    if (from >= to) {
      return;
    }
    if (table != null) {
      SkipList.Node node = table.order.at(from);
      for (int i = from; i < to && node != null; i++) {
        visit.visit(node.member(), node.score());
        node = node.next();
      }
      return;
    }
    int at = packed.offset(2 * from);
    for (int i = from; i < to; i++) {
      visitPacked(at, visit);
      at = afterScore(at);
    }
  }

  /** Visits the members of the ranks {@code [from, to)}, which must exist, downwards. */
  public void rangeBack(int from, int to, Visitor visit) {
    if (from >= to) {
      return;
    }
    if (table != null) {
      SkipList.Node node = table.order.at(to - 1);
      for (int i = to; i > from && node != null; i--) {
        visit.visit(node.member(), node.score());
        node = node.previous();
      }
      return;
    }
    int at = packed.offset(2 * (to - 1));
    for (int i = to; i > from; i--) {
      visitPacked(at, visit);
      if (i - 1 > from) {
        at = packed.previous(packed.previous(at));
      }
    }
  }

  /** Visits every member in order; the set must not change meanwhile. */
  public void forEach(Visitor visit) {
    range(0, size(), visit);
  }

  /** One step of ZSCAN, all of a small set at once; as {@link Dict#scan}. */
  public long scan(long cursor, Visitor visit) {
    if (table != null) {
      return table.nodes.scan(cursor, (member, node) -> visit.visit(node.member(), node.score()));
    }
    forEach(visit);
    return 0;
  }

  /** Whether it is in its compact form. */
  public boolean isPacked() {
    return table == null;
  }

  private void visitPacked(int at, Visitor visit) {
    visit.visit(packed.get(at), packed.real(packed.next(at)));
  }

  private int afterScore(int at) {
    return packed.next(packed.next(at));
  }

  private void insertPacked(byte[] member, double given) {
    // Redis packs whole numbers as such, and so forgets the sign of zero.
    double score = given == 0 ? 0 : given;
    int at = 0;
    while (at < packed.end()) {
      double here = packed.real(packed.next(at));
      if (here > score || (here == score && packed.compare(at, member) > 0)) {
        break;
      }
      at = afterScore(at);
    }
    packed.insert(packed.insert(at, member), PackedEntries.bytes(score));
  }

  /** Gives up the compact form, however small it is, as Redis does before it sorts. */
  public void unpack(EncodingLimits limits) {
    if (table == null) {
      convert(limits);
    }
  }

  private Table convert(EncodingLimits limits) {
    Table converted = new Table(new Dict<>(limits.hashSeed()), new SkipList(limits.hashSeed()));
    forEach((member, score) -> put(converted, member, score));
    packed.clear();
    table = converted;
    return converted;
  }

  @Override
  public String type() {
    return "zset";
  }

  @Override
  public String encoding() {
    return table == null ? "listpack" : "skiplist";
  }

  @Override
  public SortedSetValue copy() {
    SortedSetValue copy = new SortedSetValue();
    if (table == null) {
      packed.copyTo(copy.packed);
      return copy;
    }
    SkipList order = new SkipList(size());
    Dict<SkipList.Node> nodes = table.nodes.copy(node -> order.insert(node.member(), node.score()));
    copy.table = new Table(nodes, order);
    return copy;
  }
}
