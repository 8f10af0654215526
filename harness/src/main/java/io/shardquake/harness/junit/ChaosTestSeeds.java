package io.shardquake.harness.junit;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes of a {@link ChaosTest} one test for each of its seeds. */
final class ChaosTestSeeds implements TestTemplateInvocationContextProvider {
  ChaosTestSeeds() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(ChaosTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ChaosTest test = context.getRequiredTestMethod().getAnnotation(ChaosTest.class);
    if (test.repeat() < 1) {
      throw new IllegalArgumentException("@ChaosTest repeats at least once, not " + test.repeat());
    }
    return LongStream.range(test.seed(), test.seed() + test.repeat()).mapToObj(Seeded::new);
  }

  private record Seeded(long seed) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocation) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      BeforeEachCallback tell = context -> TestSession.seed(context, seed);
      return List.of(tell);
    }
  }
}
