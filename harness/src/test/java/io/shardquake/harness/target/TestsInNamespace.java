package io.shardquake.harness.target;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.shardquake.harness.netns.OwnNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Run in a JVM of its own: all tests of one class, in a network namespace. */
final class TestsInNamespace {
  private TestsInNamespace() {}

  public static void main(String[] arguments) throws Exception {
    OwnNamespace.endWithParent(1);
    LauncherDiscoveryRequest tests =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Class.forName(arguments[0])))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(tests, listener);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    listener.getSummary().printFailuresTo(out);
    out.println(listener.getSummary().getTestsSucceededCount() + " passed");
    System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
  }

  /** What it prints can be read; exits with 0 if all have passed. */
  static Process launch(Class<?> tests) throws IOException {
    return OwnNamespace.builder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TestsInNamespace.class.getName(),
                tests.getName()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
