package io.shardquake.harness.conformance;

import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Stand;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of promises through the JUnit Platform. */
public final class ConformanceRun {
  private final Promises promises = Promises.load();
  private final List<Class<?>> suite;

  /**
   * @param suite the classes that hold the tests
   */
  public ConformanceRun(List<Class<?>> suite) {
    this.suite = List.copyOf(suite);
  }

  /** The tests of each promise that has any. */
  public SortedMap<String, Method> tests() {
    SortedMap<String, Method> tests = new TreeMap<>();
    for (Class<?> type : suite) {
      for (Method method :
          AnnotationSupport.findAnnotatedMethods(
              type, Keeps.class, HierarchyTraversalMode.TOP_DOWN)) {
        Stream.of(method.getAnnotation(Keeps.class).value())
            .forEach(
                id -> {
                  if (tests.put(promises.promise(id).id(), method) != null) {
                    throw new IllegalStateException("two tests of " + id);
                  }
                });
      }
    }
    return tests;
  }

  /**
   * Runs the tests of some promises, and of those that share a test with them.
   *
   * @param wanted identifiers, or beginnings of identifiers; empty for all
   * @param stand that gives them clusters; closed when they have run
   * @return one result for each promise of the list that is wanted, in its order
   */
  public List<PromiseResult> run(List<String> wanted, Stand stand) {
    SortedMap<String, Method> tests = tests();
    SortedSet<String> ids = new TreeSet<>();
    for (String id : promises.promises().keySet()) {
      if (wanted.isEmpty() || wanted.stream().anyMatch(id::startsWith)) {
        ids.add(id);
      }
    }
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getStore().put(Namespace.create(ConformanceExtension.class), Stand.class, stand);
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectors(ids, tests))
                  .configurationParameter(LauncherConstants.CAPTURE_STDOUT_PROPERTY_NAME, "false")
                  .build());
    }
    return results(ids, stand.results());
  }

  private List<DiscoverySelector> selectors(
      SortedSet<String> ids, SortedMap<String, Method> tests) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    for (Class<?> type : suite) {
      tests.entrySet().stream()
          .filter(test -> ids.contains(test.getKey()))
          .map(Map.Entry::getValue)
          .filter(method -> method.getDeclaringClass() == type)
          .distinct()
          .forEach(method -> selectors.add(DiscoverySelectors.selectMethod(type, method)));
    }
    return selectors;
  }

  private List<PromiseResult> results(SortedSet<String> ids, List<PromiseResult> found) {
    SortedMap<String, PromiseResult> results = new TreeMap<>();
    found.forEach(result -> results.put(result.promise().id(), result));
    for (String id : ids) {
      String why = promises.untestable().get(id);
      results.computeIfAbsent(
          id,
          missing ->
              new PromiseResult(
                  promises.promise(id),
                  why == null ? Outcome.INCONCLUSIVE : Outcome.NOT_APPLICABLE,
                  why == null ? "its test did not run" : "not testable from outside: " + why,
                  List.of(),
                  Duration.ZERO));
    }
    return List.copyOf(results.values());
  }
}
