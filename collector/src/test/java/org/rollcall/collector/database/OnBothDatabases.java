package org.rollcall.collector.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every test of the class runs once on SQLite and once on PostgreSQL. The class has a field
 * {@code @Parameter RegisterHome home} and opens its register by it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(RegisterHome.class)
public @interface OnBothDatabases {}
