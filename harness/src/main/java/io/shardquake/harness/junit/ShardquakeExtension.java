package io.shardquake.harness.junit;

import io.shardquake.harness.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What stands behind {@link ShardquakeCluster}. */
final class ShardquakeExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private static final List<Class<?>> PARAMETERS =
      List.of(ChaosCluster.class, Chaos.class, Traffic.class);

  ShardquakeExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Optional<ShardquakeCluster> wanted = wanted(context.getRequiredTestClass());
    if (wanted.isPresent()
        && wanted.get().lifecycle() == ShardquakeCluster.Lifecycle.PER_CLASS
        && (holder(context).isEmpty() || declares(context.getRequiredTestClass()))) {
      start(context, wanted.get());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    owned(context).ifPresent(ClusterHolder::close);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Optional<ShardquakeCluster> own =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), ShardquakeCluster.class);
    if (own.isPresent()) {
      start(context, own.get());
    } else if (holder(context).isEmpty()) {
      start(context, wanted(context.getRequiredTestClass()).orElseThrow());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Optional<TestSession> session = TestSession.find(context);
    if (context.getExecutionException().isPresent()) {
      holder(context).orElseThrow().keep();
    }
    try {
      session.ifPresent(TestSession::end);
    } finally {
      Optional<ClusterHolder> own = owned(context);
      if (own.isPresent()) {
        own.get().close();
      } else {
        holder(context).orElseThrow().renew();
      }
    }
    if (context.getExecutionException().isEmpty()) {
      session.ifPresent(TestSession::forget);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Optional<TestSession> session = TestSession.find(context);
    throw session.isPresent() ? session.get().told(failure) : failure;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ClusterHolder holder =
        holder(context)
            .orElseThrow(
                () -> new ParameterResolutionException("no cluster was started for this test"));
    if (parameter.getParameter().getType() == ChaosCluster.class) {
      return holder.cluster();
    }
    TestSession session = TestSession.of(context, holder);
    if (parameter.getParameter().getType() == Chaos.class) {
      return session.chaos();
    }
    try {
      return session.traffic();
    } catch (StoreException e) {
      throw new ParameterResolutionException(e.getMessage(), e);
    }
  }

  private static void start(ExtensionContext context, ShardquakeCluster wanted) throws Exception {
    ClusterHolder holder = ClusterHolder.start(wanted, Artefacts.of(context));
    ExtensionContext.Store store = context.getStore(TestSession.NAMESPACE);
    store.put(ClusterHolder.class, holder);
    store.put(context.getUniqueId(), holder);
  }

  /** The cluster of the context, or of one around it. */
  private static Optional<ClusterHolder> holder(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(TestSession.NAMESPACE).get(ClusterHolder.class, ClusterHolder.class));
  }

  /** The cluster that was started for just this context. */
  private static Optional<ClusterHolder> owned(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(TestSession.NAMESPACE).get(context.getUniqueId(), ClusterHolder.class));
  }

  private static boolean declares(Class<?> type) {
    return type.isAnnotationPresent(ShardquakeCluster.class);
  }

  /** What the class, or one that it is nested in, asks for. */
  private static Optional<ShardquakeCluster> wanted(Class<?> type) {
    Optional<ShardquakeCluster> found =
        AnnotationSupport.findAnnotation(type, ShardquakeCluster.class);
    Class<?> outer = type.getEnclosingClass();
    return found.isPresent() || outer == null ? found : wanted(outer);
  }
}
