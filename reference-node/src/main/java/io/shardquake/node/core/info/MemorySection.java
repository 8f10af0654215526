package io.shardquake.node.core.info;

import io.shardquake.node.core.config.Configuration;
import java.util.Locale;
import java.util.function.Consumer;

/** Memory: the JVM's heap stands for what Redis counts in its allocator. */
final class MemorySection implements InfoSection {
  private static final double STEP = 1024;
  private static final String[] UNITS = {"B", "K", "M", "G", "T", "P"};

  private final Configuration configuration;
  private final ProcessFacts process;
  private final Consumer<InfoText> more;

  MemorySection(Configuration configuration, ProcessFacts process, Consumer<InfoText> more) {
    this.more = more;
    this.configuration = configuration;
    this.process = process;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void write(InfoText text) {
    long used = process.vitals().usedHeap();
    long resident = process.vitals().resident();
    bytes(text, "used_memory", used);
    bytes(text, "used_memory_rss", resident);
    bytes(text, "used_memory_peak", process.peakHeap());
    text.field(
        "used_memory_peak_perc",
        String.format(
            Locale.ROOT,
            "%.2f%%",
            process.peakHeap() == 0 ? 0 : 100.0 * used / process.peakHeap()));
    bytes(text, "total_system_memory", process.vitals().maxHeap());
    bytes(text, "maxmemory", configuration.number("maxmemory"));
    text.field("maxmemory_policy", configuration.text("maxmemory-policy"));
    text.decimal("mem_fragmentation_ratio", used == 0 ? 0 : (double) resident / used);
    text.none("mem_not_counted_for_evict");
    text.field("mem_allocator", "jvm");
    text.none("active_defrag_running", "lazyfree_pending_objects");
    more.accept(text);
  }

  private static void bytes(InfoText text, String name, long bytes) {
    text.field(name, bytes);
    text.field(name + "_human", human(bytes));
  }

  static String human(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit + 1 < UNITS.length) {
      amount /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + UNITS[0] : String.format(Locale.ROOT, "%.2f%s", amount, UNITS[unit]);
  }
}
