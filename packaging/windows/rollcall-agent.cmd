@echo off
rem Untested on Windows. Needs Java 17 or newer: JAVA_HOME, or java.exe in PATH.
setlocal
set "LIB=%~dp0lib"
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" "@%LIB%\agent.flags" "-Drollcall.agent.config=%~dp0etc\agent.yaml" -cp "%LIB%\agent\*" org.rollcall.agent.AgentMain %*
