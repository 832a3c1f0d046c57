package org.rollcall.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text that must not be printed. It is written out, or as {@code file:PATH}: then it is what
 * stands in that file (UTF-8, at most 64 KiB, without one newline at its end), read together with
 * the settings. What is wrong with it is told without it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Secret {}
