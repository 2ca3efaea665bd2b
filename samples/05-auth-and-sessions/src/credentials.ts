import { IsString, MaxLength } from 'class-validator';

/** The name and password that the form and the API accept. */
export class Credentials {
  @IsString()
  @MaxLength(80)
  name!: string;

  @IsString()
  @MaxLength(200)
  password!: string;
}
