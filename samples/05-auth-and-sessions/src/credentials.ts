import { IsString, MaxLength } from 'class-validator';

/** What the form and the API take. */
export class Credentials {
  @IsString()
  @MaxLength(80)
  name!: string;

  @IsString()
  @MaxLength(200)
  password!: string;
}
