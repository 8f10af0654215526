package io.shardquake.checkers.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes topology logs by hand. A node is {@code n1 m3 0-5460} (a master at config epoch 3) or
 * {@code n4 s:n1 e3} (a replica of n1); {@code !fail} adds a flag, {@code 7>n2} a slot migrating to
 * n2, {@code 7<n2} one being imported from there.
 */
public final class TopologyScript {
  private static final Pattern OPEN = Pattern.compile("(\\d+)([<>])(\\w+)");
  private final List<TopologySample> samples = new ArrayList<>();

  /** At {@code millis} the observer says that the cluster looks so, and is ok. */
  public TopologyScript says(long millis, String observer, String... nodes) {
    return says(millis, observer, true, nodes);
  }

  /** As {@link #says(long, String, String...)}, in a cluster that may not be ok. */
  public TopologyScript says(long millis, String observer, boolean ok, String... nodes) {
    StringBuilder text = new StringBuilder();
    for (String node : nodes) {
      text.append(line(observer, node.split(" "))).append('\n');
    }
    String info =
        "cluster_state:%s\r\ncluster_current_epoch:9\r\ncluster_stats_messages_sent:%d\r\n"
            .formatted(ok ? "ok" : "fail", millis);
    samples.add(new TopologySample(millis * 1_000_000, observer, text.toString(), info, ""));
    return this;
  }

  /** Every one of the observers says the same, a millisecond after one another. */
  public TopologyScript all(long millis, List<String> observers, String... nodes) {
    for (int i = 0; i < observers.size(); i++) {
      says(millis + i, observers.get(i), nodes);
    }
    return this;
  }

  /** The observer does not answer. */
  public TopologyScript silent(long millis, String observer) {
    samples.add(new TopologySample(millis * 1_000_000, observer, "", "", "connection refused"));
    return this;
  }

  /** All samples of another log. */
  public TopologyScript add(TopologyLog log) {
    samples.addAll(log.samples());
    return this;
  }

  public TopologyLog log() {
    return new TopologyLog(samples);
  }

  /** The id of a node of this name. */
  public static String id(String name) {
    return (name + "0".repeat(40)).substring(0, 40);
  }

  private static String line(String observer, String[] words) {
    String name = words[0];
    boolean master = words[1].startsWith("m");
    String epoch = master ? words[1].substring(1) : words[2].substring(1);
    StringBuilder flags = new StringBuilder(name.equals(observer) ? "myself," : "");
    flags.append(master ? "master" : "slave");
    StringBuilder slots = new StringBuilder();
    for (int i = master ? 2 : 3; i < words.length; i++) {
      Matcher open = OPEN.matcher(words[i]);
      if (words[i].startsWith("!")) {
        flags.append(',').append(words[i].substring(1));
      } else if (open.matches()) {
        String arrow = open.group(2).equals(">") ? "->-" : "-<-";
        slots
            .append(" [")
            .append(open.group(1))
            .append(arrow)
            .append(id(open.group(3)))
            .append(']');
      } else {
        slots.append(' ').append(words[i]);
      }
    }
    return "%s 127.0.0.1:7000@17000 %s %s %d %d %s connected%s"
        .formatted(id(name), flags, master ? "-" : id(words[1].substring(2)), 0, 123, epoch, slots);
  }
}
