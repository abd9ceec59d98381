package io.payonce.logs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An error that this test makes the program log. A class whose tests log an error that none of them
 * names fails, and so does a test that names one that does not come.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Logs.All.class)
public @interface Logs {
  /** A part of the message. */
  String value();

  /** Whether it depends on chance, such as which send wins, that the error comes at all. */
  boolean maybe() default false;

  /** More than one. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    Logs[] value();
  }
}
