package io.shardquake.reports.html;

import io.shardquake.reports.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** How the run came about. The seed is text: a script's numbers have 53 bits. */
record RunFacts(
    String name,
    String commandLine,
    String seed,
    String target,
    String server,
    List<NamedText> versions,
    String start,
    long durationNanos,
    String contract,
    String runDirectory) {

  /** A name and what goes with it. */
  record NamedText(String name, String text) {}

  static RunFacts of(RunSummary run) {
    List<NamedText> versions = new ArrayList<>();
    run.versions().forEach((name, version) -> versions.add(new NamedText(name, version)));
    return new RunFacts(
        run.name(),
        run.commandLine(),
        run.seed().map(String::valueOf).orElse(""),
        run.target(),
        run.server(),
        versions,
        run.start().map(String::valueOf).orElse(""),
        run.duration().toNanos(),
        run.contract(),
        run.runDirectory().toString());
  }
}
