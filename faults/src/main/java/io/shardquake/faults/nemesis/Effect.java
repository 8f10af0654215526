package io.shardquake.faults.nemesis;

import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fault, or its end, verifiably did to one node.
 *
 * @param node the harness's name of the node
 * @param proven whether it did what it should
 * @param detail one line: what proves it, or what is wanting
 * @param data the same as data
 */
public record Effect(String node, boolean proven, String detail, Value.Mapping data) {
  /** It did what it should. */
  public static Effect proven(String node, String detail) {
    return new Effect(node, true, detail, Value.Mapping.EMPTY);
  }

  /** It did not. */
  public static Effect wanting(String node, String detail) {
    return new Effect(node, false, detail, Value.Mapping.EMPTY);
  }

  /** It did not, because of this failure. */
  public static Effect wanting(String node, Throwable failure) {
    return wanting(node, Reason.of(failure));
  }

  /** The same with one fact more. */
  public Effect with(String name, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(data.entries());
    more.put(name, value);
    return new Effect(node, proven, detail, new Value.Mapping(more));
  }

  /** The same with something told before its detail. */
  public Effect preceded(String story) {
    return new Effect(node, proven, story + detail, data);
  }
}
