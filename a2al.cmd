@echo off
rem Runs the a2al program from this checkout: finds a JDK, builds when needed, starts it.
rem Environment: JAVA_HOME (preferred JDK), A2AL_JAVA_OPTS (further JVM flags).
setlocal enabledelayedexpansion
set "home=%~dp0"
set "image=%home%target\dist\windows"
set "REQUIRED_JAVA=25"

set "jdk="
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :consider "%%~dp$PATH:j.."
for %%p in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto" BellSoft) do (
  for /d %%d in ("%ProgramFiles%\%%~p\*") do call :consider "%%d"
)
for /d %%d in ("%USERPROFILE%\.jdks\*") do call :consider "%%d"
if not defined jdk (
  echo a2al: no JDK %REQUIRED_JAVA% found; install JDK %REQUIRED_JAVA% or later ^(for example Eclipse Temurin^) or set JAVA_HOME to one>&2
  exit /b 4
)
set "A2AL_JAVA=!jdk!\bin\java.exe"

call :is_current
if errorlevel 1 call :build
if not exist "%image%\bin\a2al.cmd" exit /b 4
call "%image%\bin\a2al.cmd" %*
exit /b %ERRORLEVEL%

rem Takes a folder if it has a JDK that is new enough; the first one is kept.
:consider
if defined jdk exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" call :compare "%%~b" "%~1"
exit /b 0

rem Takes the folder that is the second argument if the version that is the first one is new enough.
:compare
for /f "delims=." %%v in ("%~1") do if %%v GEQ %REQUIRED_JAVA% set "jdk=%~f2"
exit /b 0

rem Succeeds if no source file is newer than the build.
:is_current
if not exist "%image%\built" exit /b 1
powershell -NoProfile -Command ^
  "$built = (Get-Item -LiteralPath '%image%\built').LastWriteTimeUtc;" ^
  "$newer = Get-ChildItem -Path '%home%*\src\main','%home%pom.xml','%home%*\pom.xml' -Recurse |" ^
  "  Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1;" ^
  "if ($newer) { exit 1 } else { exit 0 }"
exit /b %ERRORLEVEL%

rem Builds in a folder of its own, which takes the place of the earlier build if that is not running: Windows removes no open file.
:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo a2al: Maven is needed to build; install Maven 3.8 or later so that 'mvn' is on the path>&2
  goto :old
)
echo a2al: building, which takes a minute or so on first use ...>&2
if not exist "%home%target\dist" mkdir "%home%target\dist"
mkdir "%home%target\dist\lock" 2>nul
if errorlevel 1 (
  echo a2al: another build holds "%home%target\dist\lock", or left it there; wait for that build, or remove the folder>&2
  goto :old
)
set "next=%home%target\dist\next"
if exist "!next!" rmdir /s /q "!next!"
mkdir "!next!"
type nul >"!next!\built"
pushd "%home%"
call mvn -B --strict-checksums -Dquick -Dlauncher -pl dist -am "-Da2al.image=!next!" "-Da2al.java=!A2AL_JAVA!" package >"%home%target\dist\build.log" 2>&1
set "failed=!ERRORLEVEL!"
popd
if "!failed!"=="0" (
  if exist "%image%.old" rmdir /s /q "%image%.old" 2>nul
  if exist "%image%" move "%image%" "%image%.old" >nul 2>nul
  if exist "%image%" (
    echo a2al: the earlier build is still running and cannot be replaced; stop it to use the new one>&2
  ) else (
    move "!next!" "%image%" >nul
    if exist "%image%.old" rmdir /s /q "%image%.old" 2>nul
  )
) else (
  findstr /b /c:"[ERROR]" "%home%target\dist\build.log" >&2
  echo a2al: the build failed; all of its output is in "%home%target\dist\build.log">&2
)
rmdir "%home%target\dist\lock"
:old
if exist "%image%\bin\a2al.cmd" (
  call :is_current
  if errorlevel 1 echo a2al: running the last good build, which is older than the source files>&2
)
exit /b 0
