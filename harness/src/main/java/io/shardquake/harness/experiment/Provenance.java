package io.shardquake.harness.experiment;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run came about, beside its experiment.
 *
 * @param start when it began
 * @param commandLine a shell command that runs the same experiment again
 * @param server which server was under test, with version and digest; empty until that is known
 * @param versions what else shaped the run, by name, in the order in which it is shown
 */
public record Provenance(
    Instant start, String commandLine, String server, Map<String, String> versions) {
  public Provenance {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /** The harness, JVM and operating system of this process. */
  public static Map<String, String> versionsHere() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("shardquake", HarnessVersion.NUMBER);
    versions.put(
        "java",
        System.getProperty("java.vendor")
            + " "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version"));
    versions.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    versions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return versions;
  }

  /** The same now that the server is known. */
  public Provenance withServer(String description) {
    return new Provenance(start, commandLine, description, versions);
  }
}
