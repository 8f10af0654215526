package io.shardquake.node.core.info;

import java.util.Locale;

/** Processor time of the process. */
final class CpuSection implements InfoSection {
  private static final double MICROS = 1e6;

  private final ProcessFacts process;

  CpuSection(ProcessFacts process) {
    this.process = process;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String heading() {
    return "CPU";
  }

  @Override
  public void write(InfoText text) {
    text.field("used_cpu_sys", seconds(process.vitals().systemMicros()));
    text.field("used_cpu_user", seconds(process.vitals().userMicros()));
    text.field("used_cpu_sys_children", seconds(0));
    text.field("used_cpu_user_children", seconds(0));
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.6f", micros / MICROS);
  }
}
