@echo off
rem Runs the a2al program of the folder that this script is in. Environment: A2AL_JAVA_OPTS (further flags of the Java machine),
rem A2AL_JAVA (the Java machine). See the script a2al beside it for the reasons.
setlocal
set "lib=%~dp0..\lib"
if exist "%~dp0..\runtime\bin\java.exe" set "A2AL_JAVA=%~dp0..\runtime\bin\java.exe"
if not defined A2AL_JAVA set "A2AL_JAVA=java"

set "collector=serial"
if "%~1"=="sim" set "collector=parallel"
set "flags="
set "long= node demo sim bench conformance data "
call set "without=%%long: %~1 =%%"
if "%long%"=="%without%" set flags="@%lib%\brief.options"
if "%~1"=="" set flags="@%lib%\brief.options"
rem The Java machine takes one collector only, and that of A2AL_JAVA_OPTS goes before.
set "own= %A2AL_JAVA_OPTS% "
if "%own:GC =%"=="%own%" set flags=%flags% "@%lib%\%collector%.options"
if exist "%lib%\native" set flags=%flags% -Dcom.amazon.corretto.crypto.provider.useExternalLib=true "-Djava.library.path=%lib%\native"

"%A2AL_JAVA%" "@%lib%\java.options" %flags% %A2AL_JAVA_OPTS% -cp "%lib%\a2al.jar" io.a2al.app.Main %*
exit /b %ERRORLEVEL%
