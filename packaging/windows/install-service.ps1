# Untested on Windows. Run as administrator: starts the agent with the machine, as LOCAL SERVICE, and
# again when it ended. A scheduled task, because java.exe cannot be a Windows service by itself
# and no foreign program is shipped. -Remove takes it away.
param([switch]$Remove)
$ErrorActionPreference = 'Stop'
$name = 'Rollcall agent'
if ($Remove) {
  Stop-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue
  Unregister-ScheduledTask -TaskName $name -Confirm:$false
  exit 0
}
$home_ = Split-Path -Parent $MyInvocation.MyCommand.Path
& icacls.exe $home_ /grant '*S-1-5-19:(OI)(CI)M' | Out-Null
$action = New-ScheduledTaskAction -Execute (Join-Path $home_ 'rollcall-agent.cmd') -WorkingDirectory $home_
$trigger = New-ScheduledTaskTrigger -AtStartup
$who = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount
$how = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -StartWhenAvailable -MultipleInstances IgnoreNew
Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Principal $who -Settings $how -Force | Out-Null
Start-ScheduledTask -TaskName $name
Write-Output 'Registered and started.'
