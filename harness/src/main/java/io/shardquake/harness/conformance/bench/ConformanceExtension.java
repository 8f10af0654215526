package io.shardquake.harness.conformance.bench;

import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.target.TargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test of promises its {@link Bench}, and makes of how the test ends what became of its
 * promises: it passes, they are kept; an {@link AssertionError}, broken; aborted, not applicable;
 * anything else, inconclusive.
 */
public final class ConformanceExtension
    implements ParameterResolver, InvocationInterceptor, AfterEachCallback {
  /** Under which the launcher's session holds the {@link Stand}, by its class. */
  public static final Namespace NAMESPACE = Namespace.create(ConformanceExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Bench.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return bench(context);
  }

  private static Stand stand(ExtensionContext context) {
    return Optional.ofNullable(
            context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).get(Stand.class, Stand.class))
        .orElseThrow(
            () ->
                new Outcomes.Inconclusive(
                    "tests of promises run by ConformanceRun, which gives them a target"));
  }

  private static Bench bench(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    return store.getOrComputeIfAbsent(
        Bench.class,
        key ->
            new Bench(
                stand(context), stage(context).map(Stand.Shape::of).orElse(Stand.Shape.USUAL)),
        Bench.class);
  }

  private static Optional<Stage> stage(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Stage.class)
        .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Stage.class));
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Stand stand = stand(context);
    Bench bench = bench(context);
    String[] ids = context.getRequiredTestMethod().getAnnotation(Keeps.class).value();
    long start = System.nanoTime();
    Ledger ledger =
        new Ledger(stand, bench, ids, () -> Duration.ofNanos(System.nanoTime() - start));
    if (ledger.nothingPromised()) {
      invocation.skip();
      return;
    }
    try {
      bench.start();
      invocation.proceed();
      ledger.settle(Outcome.KEPT, "");
    } catch (AssertionError broken) {
      ledger.settle(Outcome.BROKEN, line(broken));
      throw broken;
    } catch (TestAbortedException elsewhere) {
      ledger.settle(Outcome.NOT_APPLICABLE, line(elsewhere));
      throw elsewhere;
    } catch (TargetException noCluster) {
      ledger.settle(Outcome.INCONCLUSIVE, "no cluster: " + line(noCluster));
      throw noCluster;
    } catch (Throwable failure) {
      ledger.settle(Outcome.INCONCLUSIVE, line(failure));
      throw failure;
    }
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message.strip();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Stand stand = stand(context);
    Bench bench = bench(context);
    boolean ruined = stage(context).filter(Stage::ruined).isPresent();
    if (ruined || bench.members().isEmpty() || !restored(context, bench)) {
      bench.undoes().forEach(undo -> quietly(bench, undo));
      stand.discard();
    }
    bench.members().forEach(Member::close);
  }

  private static boolean restored(ExtensionContext context, Bench bench) {
    return new Restoration(bench, stage(context).map(Stand.Shape::of).orElse(Stand.Shape.USUAL))
        .restore();
  }

  private static void quietly(Bench bench, Bench.Undo undo) {
    try {
      undo.perform();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception gone) {
      bench.note("cleaning up: " + gone);
    }
  }
}
